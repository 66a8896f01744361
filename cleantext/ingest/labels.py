"""The names by which encodings are declared on the web, and the codec that reads each.

The table follows the WHATWG Encoding Standard (https://encoding.spec.whatwg.org/#names-and-labels): a label often stands
for a superset of what it says (`iso-8859-1` is windows-1252). It is a closed list: a label from a page never reaches
Python's codec search, which imports and caches whatever it is asked for, and knows codecs that are no text encodings.
"""

from __future__ import annotations

import re
from typing import Final

# name, Python's codec, labels (any case; hyphens, underscores and colons are ignored)
_TABLE: Final = """
utf-8          utf_8       utf8 unicode11utf8 unicode20utf8 xunicode20utf8 utf8mb4 utf8sig
utf-16le       utf_16_le   utf16le utf16 ucs2 unicode csunicode iso10646ucs2 unicodefeff
utf-16be       utf_16_be   utf16be unicodefffe
utf-32le       utf_32_le   utf32le utf32 ucs4
utf-32be       utf_32_be   utf32be
gbk            gb18030     gbk gb2312 gb231280 xgbk chinese cp936 ms936 windows936 csgb2312 csiso58gb231280 euccn isoir58
gb18030        gb18030     gb18030 gb180302000
big5           big5hkscs   big5 big5hkscs cnbig5 csbig5 xxbig5 big5tw cp950 ms950 big5eten
shift_jis      cp932       shiftjis sjis xsjis csshiftjis mskanji windows31j ms932 cp932 shiftjisx0213 shiftjis2004
euc-jp         euc_jp      eucjp xeucjp cseucpkdfmtjapanese ujis eucjisx0213 eucjis2004
iso-2022-jp    iso2022_jp_ext  iso2022jp csiso2022jp iso2022jp1 iso2022jp2 iso2022jp2004 iso2022jpext
euc-kr         cp949       euckr cseuckr ksc5601 ksc56011987 ksc56011989 csksc56011987 korean windows949 cp949 uhc isoir149
windows-1250   cp1250      windows1250 cp1250 xcp1250
windows-1251   cp1251      windows1251 cp1251 xcp1251 win1251
windows-1252   cp1252      windows1252 cp1252 xcp1252 iso88591 iso885911987 latin1 l1 ascii usascii ansix341968 cp819 ibm819 \
                           csisolatin1 isoir100 xuserdefined
windows-1253   cp1253      windows1253 cp1253 xcp1253
windows-1254   cp1254      windows1254 cp1254 xcp1254 iso88599 iso885991989 latin5 l5 csisolatin5 isoir148
windows-1255   cp1255      windows1255 cp1255 xcp1255
windows-1256   cp1256      windows1256 cp1256 xcp1256
windows-1257   cp1257      windows1257 cp1257 xcp1257
windows-1258   cp1258      windows1258 cp1258 xcp1258
windows-874    cp874       windows874 cp874 tis620 iso885911 dos874
iso-8859-2     iso8859_2   iso88592 iso885921987 latin2 l2 csisolatin2 isoir101
iso-8859-3     iso8859_3   iso88593 iso885931988 latin3 l3 csisolatin3 isoir109
iso-8859-4     iso8859_4   iso88594 iso885941988 latin4 l4 csisolatin4 isoir110
iso-8859-5     iso8859_5   iso88595 iso885951988 cyrillic csisolatincyrillic isoir144
iso-8859-6     iso8859_6   iso88596 iso885961987 arabic asmo708 ecma114 csisolatinarabic iso88596e iso88596i isoir127
iso-8859-7     iso8859_7   iso88597 iso885971987 greek greek8 ecma118 elot928 suneugreek csisolatingreek isoir126
iso-8859-8     iso8859_8   iso88598 iso885981988 hebrew visual iso88598e iso88598i logical csisolatinhebrew isoir138
iso-8859-10    iso8859_10  iso885910 latin6 l6 csisolatin6 isoir157
iso-8859-13    iso8859_13  iso885913
iso-8859-14    iso8859_14  iso885914
iso-8859-15    iso8859_15  iso885915 latin9 l9 csisolatin9
iso-8859-16    iso8859_16  iso885916
koi8-r         koi8_r      koi8r koi8 koi cskoi8r
koi8-u         koi8_u      koi8u koi8ru
ibm866         cp866       ibm866 cp866 866 csibm866
macintosh      mac_roman   macintosh mac macroman xmacroman csmacintosh
x-mac-cyrillic mac_cyrillic  xmaccyrillic maccyrillic xmacukrainian
"""

_IGNORED: Final = re.compile(r"[\s\-_:.]+")
_LONGEST: Final = 40

CODECS: Final[dict[str, str]] = {}
"""Name of an encoding -> Python codec."""

_NAMES: Final[dict[str, str]] = {}


def _load() -> None:
    for line in _TABLE.strip().splitlines():
        name, codec, *labels = line.split()
        CODECS[name] = codec
        _NAMES.update(dict.fromkeys(labels, name))


_load()


def look_up(label: str | None) -> str | None:
    """The encoding that a label names, or None.

    >>> look_up(" ISO-8859-1 "), look_up("gb2312"), look_up("utf-7"), look_up(None)
    ('windows-1252', 'gbk', None, None)
    """
    if not label or len(label) > _LONGEST:
        return None
    return _NAMES.get(_IGNORED.sub("", label).lower())
