"""What a file may be at most, and the cheap checks before anything opens it.

The limits leave a wide margin over real forms (100,000 people in 17 columns: 8 MB, 80 MB unpacked) and keep a hostile
file from taking the machine with it. Every refusal is a `FileProblem` with one `file` finding.
"""

import io
import os
import stat
import zipfile

from paicha.domain.findings import Code, Finding

MIB = 1 << 20
MAX_FILE_BYTES = 100 * MIB  # the whole file is held in memory while it is read
MAX_MEMBERS = 10_000  # a workbook full of pictures has some thousands
MAX_UNPACKED_BYTES = 768 * MIB  # a million bordered blank rows of 17 columns unpack to 394 MB
MAX_RATIO = 300  # bordered blank rows pack 12 to 1, real text less; a bomb 1,000 to 1
RATIO_FROM_BYTES = 64 * MIB  # below this a high ratio harms nobody
VERIFIED_BYTES = 4 * MIB  # members up to this size are unpacked once to see that their declared size is true

MAX_SHEETS = 500
MAX_ROWS = 200_000  # twice the largest register
MAX_COLUMNS = 16_384  # what .xlsx itself can hold
MAX_MERGED = 100_000  # merged areas of a sheet, more than any form has; what lies under those beyond is read as empty
MAX_BRANCHES = 2_000  # one below another in one sheet: each costs a look at the whole of it
MAX_CELLS = 8_000_000  # over all sheets, empty cells before a row's last value counted: 200,000 rows of 40 columns
MAX_SENT_BYTES = 256 * MIB  # text of all sheets as the reader process sends it; 100,000 rows of 17 columns: 17 MB

FILE_SECONDS = 20  # a file, by the clock of the one who waits
MEMORY_BYTES = 1024 * MIB  # address space of the reader process

SAVE_AS_XLSX = "请用 WPS 或 Excel 打开，另存为 .xlsx 后再交"
SAVE_AS_DOCX = "请用 WPS 或 Word 打开，另存为 .docx 后再交"
DAMAGED = "文件已损坏，打不开"


class FileProblem(Exception):
    """A file that cannot be read; `finding` says why and what to do."""

    def __init__(self, message: str, suggestion: str) -> None:
        super().__init__(message)
        self.finding = Finding(Code.FILE, message, suggestion)


def damaged() -> FileProblem:
    """The answer where nothing better is known than that the bytes are not whole."""
    return FileProblem(DAMAGED, f"{SAVE_AS_XLSX}；仍打不开的，请向报送人重新索取")


def encrypted() -> FileProblem:
    """The answer to a file with a password to open it."""
    return FileProblem("文件已加密，打不开", "请去掉打开密码后再交")


def load(path: str) -> tuple[bytes, float]:
    """The bytes of a plain file and its time of modification (seconds since 1970); raises FileProblem."""
    try:
        # A named pipe would block for ever on open.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:
            state = os.fstat(descriptor)
            _check_state(state)
            data = file.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _unopened(path, error) from None
    if not data:
        raise FileProblem("文件是空的（0 字节）", "请重新保存或重新复制这个文件后再交")
    if len(data) > MAX_FILE_BYTES:
        raise _too_large()
    return data, state.st_mtime


def _check_state(state: os.stat_result) -> None:
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError
    if not stat.S_ISREG(state.st_mode):
        raise FileProblem("这不是一个普通文件", "请给出表格文件的路径")
    if state.st_size > MAX_FILE_BYTES:
        raise _too_large()


def _too_large() -> FileProblem:
    limit = MAX_FILE_BYTES // MIB
    return FileProblem(f"文件超过 {limit} MB，太大", "请删去图片和多余的工作表，或拆成几个文件后再交")


def _unopened(path: str, error: OSError | ValueError) -> FileProblem:
    # Windows answers a folder with "permission denied".
    if isinstance(error, IsADirectoryError) or os.path.isdir(path.replace("\0", "")):
        return FileProblem("这是一个文件夹，不是文件", "请给出文件夹里的表格文件")
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return FileProblem("找不到这个文件", "请核对文件名和所在的文件夹")
    if isinstance(error, PermissionError):
        return FileProblem("没有权限读这个文件", "请检查文件权限，或先关闭正在使用它的程序")
    return FileProblem("文件读不出来", "请检查磁盘、网络盘或U盘是否正常，复制到本机后再试")


def open_package(data: bytes, *, verify: bool = False) -> zipfile.ZipFile:
    """The zip package of an .xlsx, .ods or .docx after the checks of number, size and ratio, and if asked of small
    members' truth; raises FileProblem.

    Sizes are the declared ones. A member that lies about its own is refused here if it claims to be small, and else
    meets the memory and time limits of the reader process.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        members = package.infolist()
        if any(member.flag_bits & 1 for member in members):
            raise encrypted()
        _check_sizes(members)
        for member in members:
            if verify and member.file_size <= VERIFIED_BYTES:
                package.read(member)  # BadZipFile where size or checksum are not as declared
    except FileProblem:
        raise
    except Exception:  # zipfile raises half a dozen kinds on damaged packages, struct.error and EOFError among them
        raise damaged() from None
    return package


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise FileProblem(f"文件里的部件超过 {MAX_MEMBERS} 个，不像正常的表格", SAVE_AS_XLSX)
    bomb = any(
        member.file_size > RATIO_FROM_BYTES and member.file_size > MAX_RATIO * max(member.compress_size, 1)
        for member in members
    )
    if bomb or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise FileProblem(
            "文件解压后太大，为安全起见没有打开", "请删去表格以外设了格式的空行空列，或只把表格复制到新文件里再交"
        )
