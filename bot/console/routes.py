"""Every address of the console, and who may open it. A test walks along this table."""

from functools import partial

from bot.console.auth import Access, Route
from bot.console.context import Stage
from bot.console.pages import (
    accounts,
    alerts,
    case,
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
    rights,
    secret,
    security,
    survey,
)

CASE = r"/permohonan/{id:\d{1,15}}"
ESCALATION = r"/percakapan/{id:\d{1,15}}"
ACCOUNT = r"/akun/{id:\d{1,15}}"
FACTOR = "/verifikasi"
RIGHT = r"/hak/{id:\d{1,15}}"
PUBLIC, STAFF, ADMIN = Access.PUBLIC, Access.STAFF, Access.ADMIN
HEAD = Access.HEAD
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
    Route("GET", "/pemberitahuan", "pemberitahuan", alerts.show, STAFF),
    Route("POST", "/pemberitahuan", "pemberitahuan", alerts.see_all, STAFF),
    Route("GET", "/rahasia", "rahasia", secret.show, HEAD),
    Route("POST", "/rahasia", "rahasia", secret.open_case, HEAD),
    Route("GET", "/survei", "survei", survey.show, STAFF),
    Route("GET", "/hak", "hak", rights.show_all, STAFF),
    Route("GET", RIGHT, "hak_satu", rights.show, STAFF),
    Route("POST", RIGHT, "hak_satu", rights.answer, STAFF),
    Route("GET", "/panduan", "panduan", plain.guide, STAFF),
    Route("GET", "/profil", "saya", me.show, STAFF),
    Fresh("POST", "/profil/telegram", "saya_telegram", me.new_code, STAFF),
    Route("POST", "/profil/kabar", "saya_kabar", me.choose_alerts, STAFF),
    Route("POST", "/profil/telegram/putus", "saya_telegram_putus", me.unlink, STAFF),
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
    Fresh("POST", f"{ACCOUNT}/telegram", "akun_telegram", accounts.unlink_telegram, ADMIN),
    Fresh("POST", f"{ACCOUNT}/peran", "akun_peran", accounts.set_rights, ADMIN),
    Fresh("POST", f"{ACCOUNT}/tutup", "akun_tutup", accounts.deactivate, ADMIN),
    Fresh("POST", f"{ACCOUNT}/buka", "akun_buka", accounts.activate, ADMIN),
    Route("GET", "/keamanan", "keamanan", security.show, ADMIN),
    Route("GET", "/keamanan/data-pribadi", "keamanan_data", register.show, ADMIN),
)
