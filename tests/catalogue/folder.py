"""The smallest data folder that is right, and ways to make a mistake in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

OFFICE = """\
nama: Pemerintah Kabupaten Contoh
sebutan: Kabupaten Contoh
awalan_kode: KCT
zona_waktu: Asia/Jakarta
wilayah:
  - {kecamatan: Satu, desa: [Alfa, Beta]}
pemberitahuan_data: Kami menyimpan jawaban Bapak/Ibu.
darurat:
  - {nomor: "112", untuk: Semua keadaan darurat}
unit:
  dukcapil:
    nama: Dinas Kependudukan
    sebutan: Dukcapil
    alias: [dukcapil]
    urusan: KTP
    alamat: Jalan Satu
    jam:
      senin: ["08.00-12.00", "13.00-15.30"]
"""
SERVICE = """\
nama: Penggantian KTP karena hilang
sebutan: KTP hilang
unit: dukcapil
ringkas: Untuk warga yang KTP-nya hilang.
mirip: [jalan_rusak]
alias: [ktp hilang, ktp ilang]
syarat:
  - teks: Fotokopi KK
  - teks: Surat kehilangan
    kunci: surat
    unggah: foto
    jika: {lapor: sudah}
biaya: {rupiah: 0}
wakil: {bisa: ya, teks: Dengan surat kuasa.}
lama: {hari_kerja: 3}
tanya:
  - {kunci: nama, jenis: nama}
  - kunci: lapor
    jenis: pilihan
    label: Surat kehilangan
    tanya: Sudah punya surat kehilangan?
    pilihan: {sudah: Sudah, belum: Belum}
  - kunci: tanggal
    jenis: tanggal
    jika: {lapor: sudah}
"""
COMPLAINT = """\
nama: Jalan rusak
sebutan: Jalan rusak
unit: dukcapil
ringkas: Jalan berlubang.
alias: [jalan rusak]
lama: {hari_kerja: 14}
tanya:
  - {kunci: lokasi, jenis: lokasi}
"""
INTENT = """\
keterangan: Menyapa.
kata_kunci: [halo]
contoh: [halo pak]
"""


@dataclass(frozen=True, slots=True)
class Folder:
    """A data folder in a temporary place."""

    path: Path

    @classmethod
    def make(cls, path: Path) -> Folder:
        """Write the files."""
        for part in ("services", "complaints", "language/intents"):
            (path / part).mkdir(parents=True)
        (path / "office.yml").write_text(OFFICE)
        (path / "services/ktp_hilang.yml").write_text(SERVICE)
        (path / "complaints/jalan_rusak.yml").write_text(COMPLAINT)
        (path / "language/intents/sapa.yml").write_text(INTENT)
        return cls(path)

    def change(self, file: str, old: str, new: str) -> None:
        """Replace a piece of a file that is there exactly once."""
        path = self.path / file
        content = path.read_text()
        assert content.count(old) == 1, f"{old!r} is {content.count(old)} times in {file}"
        path.write_text(content.replace(old, new))

    def line(self, file: str, piece: str) -> int:
        """The line of a piece of a file, starting at 1."""
        lines = (self.path / file).read_text().splitlines()
        return next(number for number, line in enumerate(lines, 1) if piece in line)
