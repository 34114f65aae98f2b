"""An index that pip was told to use reaches uv, and is written down nowhere."""

from bot.installation.uv import parse_pip_settings, uv_environment

LISTING = """\
global.cert='/etc/company.pem'
global.index-url='https://mirror.test/simple'
install.index-url='https://other.test/simple'
:env:.extra-index-url='https://more.test/simple'
"""


def test_reads_the_listing_of_pip() -> None:
    assert parse_pip_settings(LISTING) == {
        "cert": "/etc/company.pem",
        "index-url": "https://other.test/simple",
        "extra-index-url": "https://more.test/simple",
    }


def test_several_indexes_on_lines_of_their_own() -> None:
    listing = "global.extra-index-url='https://a.test/simple\\nhttps://b.test/simple'"
    expected = {"extra-index-url": "https://a.test/simple https://b.test/simple"}
    assert parse_pip_settings(listing) == expected


def test_uv_gets_the_index_of_pip() -> None:
    environ = uv_environment({"PATH": "/bin"}, parse_pip_settings(LISTING))
    assert environ["UV_DEFAULT_INDEX"] == "https://other.test/simple"
    assert environ["UV_INDEX"] == "https://more.test/simple"
    assert environ["SSL_CERT_FILE"] == "/etc/company.pem"
    assert environ["PATH"] == "/bin"


def test_what_uv_was_told_itself_comes_first() -> None:
    told = {"UV_DEFAULT_INDEX": "https://mine.test/simple"}
    environ = uv_environment(told, parse_pip_settings(LISTING))
    assert environ["UV_DEFAULT_INDEX"] == "https://mine.test/simple"
    assert "UV_INDEX" not in environ


def test_without_an_index_of_its_own_pip_adds_nothing() -> None:
    environ = uv_environment({}, {"extra-index-url": "https://more.test/simple"})
    assert not any("INDEX" in name for name in environ)


def test_a_certificate_and_a_proxy_count_for_the_usual_index_too() -> None:
    settings = {"cert": "/etc/company.pem", "proxy": "http://proxy.test:3128"}
    environ = uv_environment({"PATH": "/bin"}, settings)
    assert environ["SSL_CERT_FILE"] == "/etc/company.pem"
    assert environ["ALL_PROXY"] == "http://proxy.test:3128"


def test_a_shell_with_an_active_environment_does_not_mislead_uv() -> None:
    assert "VIRTUAL_ENV" not in uv_environment({"VIRTUAL_ENV": "/somewhere"}, {})
