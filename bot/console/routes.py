"""Every address of the console, and who may open it. A test walks along this table."""

from functools import partial

from bot.console.auth import Access, Route
from bot.console.context import Stage
from bot.console.pages import (
    accounts,
    audit,
    case,
    cases,
    code,
    escalations,
    factor,
    files,
    learning,
    login,
    me,
    password,
    plain,
    proof,
    register,
    security,
    settings,
    survey,
    training,
)

CASE = r"/permohonan/{id:\d{1,15}}"
ESCALATION = r"/percakapan/{id:\d{1,15}}"
SAMPLE = r"/belajar/{id:\d{1,15}}"
MODEL = "/belajar/model"
SHEET = r"/pengaturan/{lembar:[a-z]{2,20}}"
ROW = rf"{SHEET}/{{baris:[A-Za-z0-9_-]{{1,80}}}}"
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
    Route("GET", "/permohonan", "permohonan", cases.show, STAFF),
    Route("POST", "/permohonan/cari", "permohonan_cari", cases.find, STAFF),
    Route("GET", CASE, "permohonan_satu", case.show, STAFF),
    Route("POST", f"{CASE}/status", "permohonan_status", case.change, STAFF),
    Route("POST", f"{CASE}/nomor", "permohonan_nomor", case.reveal, STAFF),
    Route("POST", f"{CASE}/tulis", "permohonan_tulis", escalations.write, STAFF),
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
    Route("GET", "/belajar", "belajar", learning.show_all, STAFF),
    Route("GET", SAMPLE, "belajar_satu", learning.show, STAFF),
    Route("POST", f"{SAMPLE}/arti", "belajar_arti", learning.label, STAFF),
    Route("POST", f"{SAMPLE}/buang", "belajar_buang", learning.drop, STAFF),
    Route("POST", f"{SAMPLE}/terima", "belajar_terima", learning.accept, ADMIN),
    Route("POST", f"{SAMPLE}/kembalikan", "belajar_kembalikan", learning.give_back, ADMIN),
    Route("GET", MODEL, "belajar_model", training.show, ADMIN),
    Route(
        "GET",
        f"{MODEL}/kemajuan",
        "belajar_model_kemajuan",
        training.progress,
        ADMIN,
        polls=True,
    ),
    Route("POST", f"{MODEL}/latih", "belajar_model_latih", training.train, ADMIN),
    Route("POST", f"{MODEL}/pakai", "belajar_model_pakai", training.use, ADMIN),
    Route("POST", f"{MODEL}/kembali", "belajar_model_kembali", training.go_back, ADMIN),
    Route("GET", "/pengaturan", "pengaturan", settings.show, ADMIN),
    Route("GET", "/pengaturan/riwayat", "pengaturan_riwayat", settings.show_history, ADMIN),
    Route("GET", "/pengaturan/jejak", "pengaturan_jejak", audit.show, ADMIN),
    Route("POST", "/pengaturan/jejak/cari", "pengaturan_jejak_cari", audit.find, ADMIN),
    Route("GET", SHEET, "pengaturan_lembar", settings.show_sheet, ADMIN),
    Route("GET", f"{SHEET}/baru", "pengaturan_baru", settings.show_new, ADMIN),
    Route("POST", f"{SHEET}/baru", "pengaturan_baru", settings.add, ADMIN),
    Route("GET", ROW, "pengaturan_baris", settings.show_row, ADMIN),
    Route("POST", ROW, "pengaturan_baris", settings.change, ADMIN),
    Route("POST", f"{ROW}/hapus", "pengaturan_hapus", settings.remove, ADMIN),
    Route("POST", f"{ROW}/bawaan", "pengaturan_bawaan", settings.restore, ADMIN),
    Route("GET", "/keamanan", "keamanan", security.show, ADMIN),
    Route("GET", "/keamanan/data-pribadi", "keamanan_data", register.show, ADMIN),
)
