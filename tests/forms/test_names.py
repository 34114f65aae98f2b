"""Names of people: what stands around them goes, and their own spelling stays."""

from __future__ import annotations

import pytest

from actions.forms.context import FormContext, RawAnswer, Unreadable
from tests.forms.samples import field, read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("MA'RUF HASAN", "Ma'ruf Hasan"),
        ("Ma\u02bcruf Hasan", "Ma'ruf Hasan"),
        ("ma`ruf", "Ma'ruf"),
        ("ma\u00b4ruf amin", "Ma'ruf Amin"),
        ("SYAFI\u2019I", "Syafi'i"),
        ("nur'aini", "Nur'aini"),
        ("AN-NISA'", "An-Nisa'"),
        ("o'neil", "O'Neil"),
        ("JEANNE D'ARC", "Jeanne D'Arc"),
        ("I'IN", "I'in"),
        ("'budi'", "Budi"),
        ("'budi", "Budi"),
    ],
)
def test_an_apostrophe_stays_within_its_word(context: FormContext, text: str, name: str) -> None:
    assert read(field("nama"), text, context) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("BUDI SANTOSO, ST., MT", "Budi Santoso, ST., MT"),
        ("budi santoso, st., mt", "Budi Santoso, ST., MT"),
        ("ANDI, SE, MM", "Andi, SE, MM"),
        ("ANDI, MBA", "Andi, MBA"),
        ("RINA, SKM", "Rina, SKM"),
        ("RINA, S.KEP., NS.", "Rina, S.Kep., Ns"),
        ("siti aminah, s.pd.i", "Siti Aminah, S.Pd.I"),
        ("ANDI, S.IP", "Andi, S.IP"),
        ("ANDI, S.STP", "Andi, S.STP"),
        ("ANDI, SP.OG", "Andi, Sp.OG"),
        ("ANDI, SP.PD", "Andi, Sp.PD"),
        ("ANDI, SP.", "Andi, SP"),
        ("ANDI, S.H., M.KN.", "Andi, S.H., M.Kn"),
        ("BUDI SH", "Budi SH"),
        ("SITI ZULAIKHA, S.Pd., M.Pd", "Siti Zulaikha, S.Pd., M.Pd"),
        ("Budi Santoso, S.PD", "Budi Santoso, S.PD"),
        ("KH. ABDUL", "KH. Abdul"),
        ("DRS. H. AHMAD", "Drs. H. Ahmad"),
        ("budi, adi", "Budi, Adi"),
    ],
)
def test_degrees_are_written_as_degrees_are(context: FormContext, text: str, name: str) -> None:
    assert read(field("nama"), text, context) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("sy budi", "Budi"),
        ("aku budi", "Budi"),
        ("gue budi santoso", "Budi Santoso"),
        ("kulo budi", "Budi"),
        ("nm sy budi", "Budi"),
        ("perkenalkan saya budi", "Budi"),
        ("halo saya budi", "Budi"),
        ("dengan pak budi", "Budi"),
        ("saya bernama budi", "Budi"),
        ("namanya si udin", "Udin"),
        ("anakku dimas", "Dimas"),
        ("istri sy siti", "Siti"),
        ("sy. abdullah", "Sy. Abdullah"),
        ("Abdi Negara", "Abdi Negara"),
        ("Ambo Dalle", "Ambo Dalle"),
        ("Anak Agung Gede", "Anak Agung Gede"),
        ("Sya'ban", "Sya'ban"),
        ("Sendi", "Sendi"),
    ],
)
def test_small_words_before_a_name_are_no_part_of_it(
    context: FormContext, text: str, name: str
) -> None:
    assert read(field("nama"), text, context) == name


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("saya sendiri", "siapa"),
        ("nama saya sendiri", "siapa"),
        ("istri saya", "siapa"),
        ("buat anak saya", "siapa"),
        ("orang tua", "siapa"),
        ("yang bersangkutan", "siapa"),
        ("sama seperti tadi", "siapa"),
        ("bentar ya lagi nyari kacamata", "bukan_nama"),
        ("besok aja", "bukan_nama"),
        ("mboten ngertos", "bukan_nama"),
        ("teu apal nik na", "bukan_nama"),
        ("asdf qwe", "bukan_nama"),
        ("qwerty", "bukan_nama"),
        ("lkjh", "bukan_nama"),
    ],
)
def test_what_names_nobody_is_asked_again(context: FormContext, text: str, key: str) -> None:
    for insisted in (False, True):
        with pytest.raises(Unreadable, match=rf"nama\.{key}"):
            read(field("nama"), RawAnswer(text=text, insisted=insisted), context)


def test_a_name_among_talk_stands_once_nothing_else_was_meant(context: FormContext) -> None:
    text = "yang mau dibuatkan Kenzo Alfarizi Putra"
    with pytest.raises(Unreadable, match=r"nama\.bukan_nama"):
        read(field("nama"), RawAnswer(text=text), context)
    assert read(field("nama"), RawAnswer(text=text, insisted=True), context)
