"""Words by which an answer is told to be a place, or to be none: "2 biji", "ga ada foto"."""

_ADDRESS_WORDS = """
    jl jln jalan gang gg lorong lr blok blk perum perumahan perumnas kompleks komplek
    cluster griya asrama kos kost kontrakan apartemen rusun rusunawa ruko dusun dsn
    dukuh padukuhan pedukuhan kampung kp desa ds kelurahan kel nagari jorong banjar
    lingkungan lingk link kecamatan kec kabupaten kab kota dalan gampong pekon huta
    nomor no
"""
ADDRESS_WORDS = frozenset(_ADDRESS_WORDS.split())
"""Words that only an address has, beside a village or RT and RW."""

_PUBLIC = """
    rsud rs puskesmas pustu klinik posyandu sekolah sd sdn smp smpn sma sman smk smkn tk paud
    masjid mesjid mushola musholla musala gereja pura vihara pasar kantor balai dinas polsek
    polres koramil terminal stasiun alfamart indomaret bank hotel kampus universitas spbu pom
    lapangan toko warung
"""
PUBLIC = frozenset(_PUBLIC.split())
"""Where nobody lives: an address needs a road or RT and RW beside it."""

_NUMBERED = """
    jl jln jalan gang gg lorong lr blok blk km kilometer perum cluster
"""
NUMBERED = frozenset(_NUMBERED.split())
"""What is found by a number alone: "gang 3", "km 12"."""

_SAYS_NOTHING = """
    di ke dari dr pada yang yg dan atau itu ini tu nih nya si para sini disini situ
    disitu sana disana dimana mana ya yah lah deh dong kok sih kan kah aja saja doang
    depan belakang samping sebelah dekat deket luar dalam sekitar rumah rumahku tempat
    tempatku lokasi lokasinya posisi saya sy aku gue gw kami kita dia mereka ibu bapak
    pak bu mas mbak min kak bang admin jalan dalan rt rw sama dengan dgn sesuai seperti
    kayak kaya alamat alamatku ktp kk nik nama nomor no hp telepon anu lama lawas suwe
    lami dangu lila hari hr minggu mgg bulan bln tahun thn taun jam menit detik kemarin
    kmrn wingi kamari tadi barusan nanti ntar besok bsk sekarang skrg siang malam pagi
    sore subuh sejak semenjak sering selalu terus kadang pernah musim waktu pas kali
    satu dua tiga empat lima enam tujuh delapan sembilan sepuluh siji loro telu papat
    hiji opat biji buah ekor orang org unit titik lembar meter mtr banyak bnyk sedikit
    dikit semua semuanya seluruh sebagian beberapa bbrp kira kurang lebih hampir cuma
    hanya lagi pun juga jg foto poto photo gambar gmbr video vidio kamera bukti galeri
    nyusul menyusul kirim dikirim ngirim lampir lampiran jadul rusaknya kuota sinyal
    hape rusak parah berat ringan mati hidup nyala kedip padam gelap terang bolong
    berlubang lubang lobang ambles amblas longsor retak pecah patah bocor mampet buntu
    banjir genangan tergenang becek keruh kotor bau busuk numpuk menumpuk tumpukan
    diangkut sampah lampu got selokan aspal listrik air pipa kabel tiang pohon tumbang
    miring macet hewan anjing ular banget bgt bener sekali sangat amat sanget pisan
    tenan nemen gede gedhe besar kecil dalem tinggi rendah panjang lebar jelek bahaya
    berbahaya serem takut kasihan kecewa kesal capek lelah sakit tolong mohon minta
    cepat cepet segera gercep diperbaiki perbaiki dibenerin benerin dibetulin ditangani
    tangani tindak lanjut ditindak respon laporan lapor melapor ngadu adu pengaduan
    permohonan mau ingin pengen pingin butuh perlu harus bisa bs boleh jadi batal
    batalkan batalin gajadi stop berhenti tunggu bentar sebentar dulu cari nyari mencari
    lihat liat tanya nanya bicara ngomong hubungi petugas orangnya operator manusia
    salah benar betul harusnya seharusnya maksud maksudnya tahu tau ngerti ngertos paham
    pahem ingat inget lupa lali poho hafal hapal apal yakin bingung entah mungkin
    kayaknya sepertinya pasti terserah kapan berapa apa siapa kenapa gimana bagaimana
    makasih terima kasih oke ok okay sip siap baik halo hai permisi assalamualaikum
    selamat maaf sori sorry alhamdulillah sudah sdh udah udh dah wis wes uwis sampun
    mpun atos geus belum blm durung dereng teu mboten tidak tdk gak ga gk nggak ngga
    enggak ndak ora bukan jangan ada gada ono aya wonten punya tetap tetep memang emang
    biar supaya agar karena krn soalnya sebab kalau kalo klo tapi tp namun untuk buat
    utk penting cukup parahnya makin tambah semakin mulai akan bakal telah lalu lewat
    lewati skip semalam semalem hujan ujan deras berkali korupsi anak warga bolak balik
    kawin nikah menikah cerai janda duda lajang bujang baru desa ds kampung kp dusun
    kelurahan kecamatan kabupaten fotone fotonipun fotona potone gambare gambarna tos ti
    tilu siki sing akeh kabeh sadaya sedaya sebulan setahun seminggu sehari sejam
    kedalaman cm gulita motor mobil jatuh tiba kecelakaan celaka kerja malas males ah eh
    oh woy woi hei cepetan dewasa pokoknya biasa biasanya ditempat tempatnya teh mah euy
    atuh kumaha teuing tiasa saged iso ngirimnya upload mengunggah unggah aplikasi error
    percuma capai anakku istri suami tetangga orangtua mengganggu terganggu susah sulit
    ribet gampang jorok jijik
"""
SAYS_NOTHING = frozenset(_SAYS_NOTHING.split())
"""Words that name no place, whatever their order: talk, time, counts, and what is broken."""

_QUALITIES = """
    baru lama lawas besar kecil gede atas bawah tengah dalam luar raya utama tua
"""
QUALITIES = frozenset(_QUALITIES.split())
"""Words that name a place only behind what they tell apart: "jalan baru", "pasar lama"."""
