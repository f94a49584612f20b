"""介绍信 as .docx: a template that an office may edit in WPS or Word, filled by docxtpl. A template says {{姓名}} where
the name stands; nothing else of Jinja is taken, and what is taken runs in its sandbox, escaped."""

import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from copy import deepcopy
from importlib.resources import files
from io import BytesIO
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from paicha.formats.readers.parts import without_controls

FIELDS = (
    *("编号", "抬头", "姓名", "性别", "年龄", "民族", "党员类别", "身份证号", "由", "去", "党费交至", "有效期"),
    *("开具日期", "本人电话", "开具党委", "通讯地址", "联系电话", "传真", "邮编", "换开", "标记"),
)
"""What a template may say. 标记 is 副本 or 作废 where a paper is no original; 换开 names the letter replaced."""
OPTIONAL = frozenset({"换开", "传真", "开具党委"})
LARGEST, LARGEST_INSIDE = 2 * 1024 * 1024, 20 * 1024 * 1024  # bytes: of the file, and of what it unpacks to
LARGEST_TEXT, MOST_BRACES = 512 * 1024, 500  # bytes of its text with all marks, and { in it: looked for again and again
UNREADABLE = "打不开：请用 .docx 格式的 Word 文档，.doc 的先另存为 .docx，有密码的先去掉密码"
DAMAGED = (
    *(zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, zlib.error),
    etree.XMLSyntaxError,
)
_TAG = re.compile(r"\{\{(.*?)\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_BODY, _OTHER = "word/document.xml", re.compile(r"word/(?:header|footer|footnotes|endnotes)\d*\.xml")
_FETCHING = re.compile(r"\b(?:INCLUDE\w*|DDE\w*|LINK|IMPORT|DATABASE|RD)\b", re.IGNORECASE)
OUTSIDE = "模板连着别处的文件（图片、样式或域的链接），请把它们插入到文档里"
Words = Mapping[str, str]


class TemplateFault(ValueError):
    """What is wrong with a template, and what to do, in Chinese."""


def built_in() -> bytes:
    """The template that comes with the program (scripts/letter_template.py makes it)."""
    return (files("paicha.formats") / "data" / "letter.docx").read_bytes()


def check_template(content: bytes) -> None:
    """Hold a template to what it must say and may say, and fill it once with a made-up member. Raises TemplateFault."""
    _check_archive(content)
    try:
        xml = _opened(content)[1]
    except Exception as problem:  # whatever python-docx meets in a file that is damaged or none of its kind
        raise TemplateFault(UNREADABLE) from problem
    said = [_named(tag) for tag in _TAG.finditer(xml)]
    if lacking := [name for name in FIELDS if name not in said and name not in OPTIONAL]:
        raise TemplateFault("模板里缺少这些项：" + "、".join(f"{{{{{name}}}}}" for name in lacking))
    try:
        write_letters(content, [dict.fromkeys(FIELDS, "某")])
    except Exception as problem:
        raise TemplateFault("试填没有成功：请从自带的模板改起，不要改动双花括号里的字") from problem


def write_letters(template: bytes, letters: Sequence[Words]) -> bytes:
    """The letters as one document, each on a page of its own. `letters`: FIELDS → words."""
    document, xml = _opened(template)
    filled = _compiled(xml)
    body = document.docx.element.body
    last = body.find(qn("w:sectPr"))
    for child in [child for child in body if child is not last]:
        body.remove(child)
    for n, words in enumerate(letters):
        page = _page(document, filled, words)
        if n:
            _on_a_new_page(page)
        for child in page:
            body.append(child) if last is None else last.addprevious(child)
    out = BytesIO()
    document.docx.save(out)
    return out.getvalue()


def _opened(template: bytes) -> tuple[Any, str]:
    """A template, and its body with each field in one piece, however the editor had cut it."""
    document = DocxTemplate(BytesIO(template))
    document.init_docx()
    return document, document.patch_xml(document.get_xml())


def _compiled(xml: str) -> Template:
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined).from_string(xml)


def _page(document: Any, filled: Template, words: Words) -> list[Any]:
    """The filled parts of one letter, without the section that closes the body."""
    clean = {name: without_controls(text).replace("\n", " ") for name, text in words.items()}
    tree = document.fix_tables(filled.render(clean))
    document.fix_docpr_ids(tree)
    return [deepcopy(child) for child in tree if child.tag != qn("w:sectPr")]


def _on_a_new_page(page: list[Any]) -> None:
    """By its first paragraph; a page that begins with a table gets an empty one before it."""
    first: Any = parse_xml(etree.tostring(page.pop(0))) if page and page[0].tag == qn("w:p") else OxmlElement("w:p")
    page.insert(0, first)
    Paragraph(first, first).paragraph_format.page_break_before = True


def _check_archive(content: bytes) -> None:
    """Before anything is opened: by what the archive says of itself, and for what no letter needs."""
    if len(content) > LARGEST:
        raise TemplateFault(f"文件太大：模板不超过 {LARGEST // 1024 // 1024} MB，图片请先缩小")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            sizes = {part.filename: part.file_size for part in archive.infolist()}
            if sum(sizes.values()) > LARGEST_INSIDE or sizes.get(_BODY, 0) > LARGEST_TEXT:
                raise TemplateFault("文件里的内容太多：介绍信模板只有一页")
            if archive.read(_BODY).count(b"{") > MOST_BRACES:
                raise TemplateFault("花括号太多：介绍信模板只有一页")
            if any(_reaches_out(archive.read(name)) for name in sizes if name.endswith(".rels")):
                raise TemplateFault(OUTSIDE)
            if any(_fetches(archive.read(name)) for name in sizes if name == _BODY or _OTHER.fullmatch(name)):
                raise TemplateFault(OUTSIDE)
            for name in filter(_OTHER.fullmatch, sizes):
                if _TAG.search(re.sub(rb"<[^>]*>", b"", archive.read(name)).decode("utf-8", "replace")):
                    raise TemplateFault("页眉、页脚和脚注里不能写双花括号，请移到正文")
    except DAMAGED as problem:
        raise TemplateFault(UNREADABLE) from problem


def _reaches_out(relations: bytes) -> bool:
    """Whether a part is fetched from elsewhere as the document opens; a link that one clicks is not."""
    parts = _parsed(relations).iter("{*}Relationship")
    outside = [part for part in parts if (part.get("TargetMode") or "").strip().lower() == "external"]
    return any(not (part.get("Type") or "").endswith("/hyperlink") for part in outside)


def _fetches(part: bytes) -> bool:
    """Whether a field of a part brings something in from elsewhere, or starts a program, when fields are updated."""
    tree = _parsed(part)
    said = "".join(code.text or "" for code in tree.iter(qn("w:instrText")))
    simple = (field.get(qn("w:instr")) or "" for field in tree.iter(qn("w:fldSimple")))
    return any(_FETCHING.search(words) for words in (said, *simple))


def _parsed(content: bytes) -> Any:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _named(tag: "re.Match[str]") -> str:
    """The field that a tag names. Raises TemplateFault for anything else."""
    name = (tag[1] or "").strip()
    if name in FIELDS:
        return name
    written = re.sub(r"<[^>]*>", "", tag[0])
    raise TemplateFault(f"不认识“{written[:40]}”：双花括号里只能是 {'、'.join(FIELDS)}")
