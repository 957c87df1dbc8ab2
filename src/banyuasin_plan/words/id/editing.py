"""Indonesian words about changes to a plan's files: what can't be written, and why."""

TEMPLATES = {
    "edit.nowhere": "tidak ada tempat seperti itu dalam rencana",
    "edit.broken": "{file} tidak terbaca seutuhnya; perbaiki dahulu: plan validate",
    "edit.no_list": "yang tertulis di sini bukan daftar sehingga tidak dapat ditambah",
    "edit.no_keys": "yang tertulis di sini tidak punya kunci yang dapat diisi satu per satu",
    "edit.unproved": "ini tidak dapat ditulis di sini tanpa mengubah bagian lain; ubah berkasnya langsung",
}
