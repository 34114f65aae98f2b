"""Every address of the console, and who may open it. A test walks along this table."""

from functools import partial

from bot.console.auth import Access, Route
from bot.console.context import Stage
from bot.console.pages import (
    accounts,
    case,
    case_moves,
    case_tasks,
    case_words,
    changes,
    code,
    desk,
    escalations,
    factor,
    files,
    find,
    login,
    me,
    password,
    plain,
    proof,
    register,
    security,
    survey,
)

CASE = r"/permohonan/{id:\d{1,15}}"
ESCALATION = r"/percakapan/{id:\d{1,15}}"
ACCOUNT = r"/akun/{id:\d{1,15}}"
FACTOR = "/verifikasi"
PUBLIC, STAFF, ADMIN = Access.PUBLIC, Access.STAFF, Access.ADMIN
Fresh = partial(Route, fresh=True)
EVERY, CODE = frozenset(Stage), frozenset({Stage.CODE})
LACKING = frozenset({Stage.SET_UP, Stage.IN})

ROUTES = (
    Route("GET", "/masuk", "masuk", login.show, PUBLIC),
    Route("POST", "/masuk", "masuk", login.enter, PUBLIC),
    Route("GET", "/masuk/kode", "masuk_kode", code.show, STAFF, stages=CODE),
    Route("POST", "/masuk/kode", "masuk_kode", code.enter, STAFF, stages=CODE),
    Route("POST", "/keluar", "keluar", login.leave, STAFF, stages=EVERY),
    Fresh("GET", FACTOR, "verifikasi", factor.show, STAFF, stages=LACKING),
    Fresh("POST", f"{FACTOR}/siapkan", "verifikasi_siapkan", factor.begin, STAFF, stages=LACKING),
    Fresh("POST", f"{FACTOR}/simpan", "verifikasi_simpan", factor.save, STAFF, stages=LACKING),
    Fresh("POST", f"{FACTOR}/cadangan", "verifikasi_cadangan", factor.make_codes, STAFF),
    Fresh("POST", f"{FACTOR}/hapus", "verifikasi_hapus", factor.remove, STAFF),
    Route("GET", "/", "awal", plain.home, STAFF),
    Route("GET", "/meja", "meja", desk.show, STAFF),
    Route("GET", "/kabar", "kabar", changes.stream, STAFF, polls=True),
    Route("GET", "/permohonan", "permohonan", plain.home, STAFF),
    Route("POST", "/permohonan/cari", "permohonan_cari", find.find, STAFF),
    Route("GET", CASE, "permohonan_satu", case.show, STAFF),
    Route("GET", f"{CASE}/baris", "permohonan_baris", case.show_lines, STAFF, polls=True),
    Route("GET", f"{CASE}/cetak", "permohonan_cetak", case.show_sheet, STAFF),
    Route("POST", f"{CASE}/cetak", "permohonan_cetak", case.reveal_sheet, STAFF),
    Route("POST", f"{CASE}/nomor", "permohonan_nomor", case.reveal, STAFF),
    Route("POST", f"{CASE}/status", "permohonan_status", case_moves.change, STAFF),
    Route("POST", f"{CASE}/tulis", "permohonan_tulis", case_words.write, STAFF),
    Route("POST", f"{CASE}/tulis-semua", "permohonan_tulis_semua", case_words.write_all, STAFF),
    Route("POST", f"{CASE}/catatan", "permohonan_catatan", case_tasks.note, STAFF),
    Route("POST", f"{CASE}/ambil", "permohonan_ambil", case_tasks.take, STAFF),
    Route("POST", f"{CASE}/lepas", "permohonan_lepas", case_tasks.let_go, STAFF),
    Route("POST", f"{CASE}/serahkan", "permohonan_serahkan", case_tasks.pass_on, STAFF),
    Route("POST", f"{CASE}/kirim-unit", "permohonan_kirim_unit", case_tasks.send, STAFF),
    Route("POST", f"{CASE}/tanya-unit", "permohonan_tanya_unit", case_tasks.ask, STAFF),
    Route("POST", f"{CASE}/jawab-unit", "permohonan_jawab_unit", case_tasks.answer_unit, STAFF),
    Route("POST", f"{CASE}/syarat", "permohonan_syarat", case_tasks.tick, STAFF),
    Route("POST", f"{CASE}/gabung", "permohonan_gabung", case_tasks.link, STAFF),
    Route("POST", f"{CASE}/pisah", "permohonan_pisah", case_tasks.unlink, STAFF),
    Route("POST", f"{CASE}/pecah", "permohonan_pecah", case_tasks.split, STAFF),
    Route("GET", rf"{CASE}/berkas/{{berkas:\d{{1,15}}}}", "permohonan_berkas", files.send, STAFF),
    Route("GET", "/percakapan", "percakapan", escalations.show_all, STAFF),
    Route("GET", ESCALATION, "percakapan_satu", escalations.show, STAFF),
    Route(
        "GET",
        f"{ESCALATION}/baris",
        "percakapan_baris",
        escalations.show_transcript,
        STAFF,
        polls=True,
    ),
    Route("POST", f"{ESCALATION}/ambil", "percakapan_ambil", escalations.claim, STAFF),
    Route("POST", f"{ESCALATION}/jawab", "percakapan_jawab", escalations.answer, STAFF),
    Route("POST", f"{ESCALATION}/tutup", "percakapan_tutup", escalations.close, STAFF),
    Route("GET", "/survei", "survei", survey.show, STAFF),
    Route("GET", "/panduan", "panduan", plain.guide, STAFF),
    Route("GET", "/profil", "saya", me.show, STAFF),
    Route("POST", "/profil/sesi", "saya_sesi", me.end_session, STAFF),
    Route("POST", "/profil/sesi-lain", "saya_sesi_lain", me.end_others, STAFF),
    Route("GET", "/pastikan", "pastikan", proof.show, STAFF, stages=LACKING),
    Route("POST", "/pastikan", "pastikan", proof.enter, STAFF, stages=LACKING),
    Route("GET", "/sandi", "sandi", password.show, STAFF),
    Route("POST", "/sandi", "sandi", password.change, STAFF),
    Fresh("GET", "/akun", "akun", accounts.show_all, ADMIN),
    Fresh("POST", "/akun", "akun", accounts.add, ADMIN),
    Fresh("GET", ACCOUNT, "akun_satu", accounts.show, ADMIN),
    Fresh("POST", f"{ACCOUNT}/sandi", "akun_sandi", accounts.set_password, ADMIN),
    Fresh("POST", f"{ACCOUNT}/verifikasi", "akun_verifikasi", accounts.reset_factor, ADMIN),
    Fresh("POST", f"{ACCOUNT}/peran", "akun_peran", accounts.set_role, ADMIN),
    Fresh("POST", f"{ACCOUNT}/tutup", "akun_tutup", accounts.deactivate, ADMIN),
    Fresh("POST", f"{ACCOUNT}/buka", "akun_buka", accounts.activate, ADMIN),
    Route("GET", "/keamanan", "keamanan", security.show, ADMIN),
    Route("GET", "/keamanan/data-pribadi", "keamanan_data", register.show, ADMIN),
)
