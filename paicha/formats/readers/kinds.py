"""The true kind of a file, told by its content: names lie (.et is .xls or .xlsx within, many an .xls is HTML)."""

import re
import struct
import zipfile
from typing import NoReturn

from paicha.formats.readers import limits
from paicha.formats.readers.compound import SIGNATURE, Compound
from paicha.formats.readers.limits import SAVE_AS_DOCX, SAVE_AS_XLSX, FileProblem

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_ODT = b"application/vnd.oasis.opendocument.text"
_NOT_A_FORM = "请交 .xlsx、.xls、.et、.ods 或 .docx 格式的表格"
_FILEPASS = 0x2F
_RECORDS_LOOKED_AT = 8  # it stands behind BOF and at most a record or two
_HTML = re.compile(rb"<(?:!doctype\s+html|html|table|head|meta)\b", re.IGNORECASE)

# (first bytes, what it is, what to do)
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "这是 PDF 文件，不是表格", "请交填表用的原文件（.xlsx 或 .docx）"),
    (b"\x89PNG", "这是图片，不是表格", "请交填表用的原文件，不要交照片或截图"),
    (b"\xff\xd8\xff", "这是图片，不是表格", "请交填表用的原文件，不要交照片或截图"),
    (b"GIF8", "这是图片，不是表格", "请交填表用的原文件，不要交照片或截图"),
    (b"Rar!", "这是压缩包，不是表格", "请解压后交里面的表格"),
    (b"7z\xbc\xaf", "这是压缩包，不是表格", "请解压后交里面的表格"),
    (b"{\\rtf", "这是 RTF 文档", SAVE_AS_DOCX),
    (b"\x09\x08\x10\x00", "这是很旧的 Excel 文件", SAVE_AS_XLSX),
    (b"\x09\x04\x06\x00", "这是很旧的 Excel 文件", SAVE_AS_XLSX),
    (b"\x09\x02\x06\x00", "这是很旧的 Excel 文件", SAVE_AS_XLSX),
    (b"\x09\x00\x04\x00", "这是很旧的 Excel 文件", SAVE_AS_XLSX),
)


def kind_of(data: bytes) -> str:
    """`xlsx`, `xls`, `ods` or `docx`; raises FileProblem with what to do for anything else, encrypted files too."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        with limits.open_package(data, verify=True) as package:
            return _kind_of_package(package)
    if data.startswith(SIGNATURE):
        return _kind_of_compound(data)
    _refuse(data)


def _kind_of_package(package: zipfile.ZipFile) -> str:
    names = {name.replace("\\", "/").lower(): name for name in package.namelist()}
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.bin" in names:
        raise FileProblem("这是 .xlsb 格式", SAVE_AS_XLSX)
    mimetype = package.read("mimetype")[:200] if "mimetype" in package.namelist() else b""
    if mimetype.startswith(_ODS):
        manifest = names.get("meta-inf/manifest.xml")
        if manifest and b"encryption-data" in package.read(manifest):
            raise limits.encrypted()
        return "ods"
    if mimetype.startswith(_ODT):
        raise FileProblem("这是 .odt 文档", SAVE_AS_DOCX)
    if any(name.endswith((".xlsx", ".xls", ".et", ".ods", ".docx", ".doc", ".wps")) for name in names):
        raise FileProblem("这是压缩包，不是表格", "请解压后交里面的表格")
    raise FileProblem("文件里没有表格", _NOT_A_FORM)


def _kind_of_compound(data: bytes) -> str:
    try:
        compound = Compound(data)
        names = {name.lower(): stream for name, stream in compound.streams.items()}
        book = names.get("workbook") or names.get("book")
        locked = "encryptedpackage" in names or (book is not None and _has_filepass(compound.head(book)))
    except (ValueError, struct.error):
        raise limits.damaged() from None
    if locked:
        raise limits.encrypted()
    if book:
        return "xls"
    if "worddocument" in names:
        raise FileProblem("这是 .doc 格式的旧文档，不能直接读取", SAVE_AS_DOCX)
    raise FileProblem("文件里没有表格", _NOT_A_FORM)


def _has_filepass(records: bytes) -> bool:
    """Whether a workbook is encrypted: record FILEPASS among its first ([MS-XLS] 2.1.7.20.3, 2.4.117). calamine only
    says of such a file that it knows no such format."""
    start = 0
    for _ in range(_RECORDS_LOOKED_AT):
        if start + 4 > len(records):
            break
        record, length = struct.unpack_from("<HH", records, start)
        if record == _FILEPASS:
            return True
        start += 4 + length
    return False


def _refuse(data: bytes) -> NoReturn:
    for first, message, suggestion in _OTHERS:
        if data.startswith(first):
            raise FileProblem(message, suggestion)
    head = data[:4096].replace(b"\0", b"")  # so that UTF-16 text is seen as well
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head or b'progid="Excel.Sheet"' in head:
        raise FileProblem("这是 XML 格式的表格（旧系统导出）", SAVE_AS_XLSX)
    if _HTML.search(head) or head.startswith(b"MIME-Version"):
        raise FileProblem("这是网页格式的表格（旧系统导出，只是取名为 .xls）", SAVE_AS_XLSX)
    if _is_text(data[:4096]):
        raise FileProblem("这是文本文件（如 .csv、.txt），不是表格", SAVE_AS_XLSX)
    if not data.strip(b"\0"):
        raise FileProblem("文件内容全是空字节，已损坏", "可能没有复制完整，请向报送人重新索取")
    raise FileProblem("认不出这个文件的格式", _NOT_A_FORM)


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    control = sum(byte < 9 or 13 < byte < 32 for byte in head)
    if control:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            head[:-4].decode(encoding)  # the last character may be cut
        except UnicodeDecodeError as error:
            if error.start < len(head) - 8:
                continue
        return True
    return False
