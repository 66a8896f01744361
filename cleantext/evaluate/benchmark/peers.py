"""How the systems are called, each as its own documentation has it. What a system needs is imported when it is made: not before its
process has its settings, and into no other's memory.

What gives HTML back is read as text block by block, by cleantext's segmenter.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cleantext.evaluate.benchmark.question import Question
from cleantext.options import MARKED_APART, Options, Profile

Extract = Callable[[Question], str]
"""The text that a system gives for a document."""


def cleantext(content_model: str | None = None, line_model: str | None = None, profile: Profile = "standard") -> Extract:
    """This package, with its models or others; of a folder of models of folds the one is asked that did not see the document's author."""
    from cleantext.cleaner import Cleaner
    from cleantext.evaluate.benchmark.folds import model_for

    cleaners: dict[Options, Cleaner] = {}

    def extract(question: Question) -> str:
        options = Options(
            profile=profile,
            kind="text" if question.is_text else "auto",
            include=MARKED_APART if question.apart else frozenset(),
            content_model=model_for(content_model, question.site),
            line_model=model_for(line_model, question.publisher),
        )
        if options not in cleaners:
            cleaners[options] = Cleaner(options)
        return cleaners[options].clean(question.source)

    return extract


def trafilatura(*, fast: bool = False, precision: bool = False, recall: bool = False) -> Extract:
    """trafilatura, in one of its modes; without comments, and without its deduplication, which remembers earlier pages."""
    from trafilatura import extract

    def call(question: Question) -> str:
        text = extract(
            question.source,
            include_comments=False,
            deduplicate=False,
            fast=fast,
            favor_precision=precision,
            favor_recall=recall,
        )
        return text or ""

    return call


def resiliparse() -> Extract:
    """The extraction of main content of resiliparse, after its own detection of the encoding."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    def call(question: Question) -> str:
        page: Any = question.source
        text = page if isinstance(page, str) else bytes_to_str(page, detect_encoding(page) or "utf-8")
        return str(extract_plain_text(text, main_content=True))

    return call


def readability() -> Extract:
    """readability-lxml's summary, as text."""
    from readability import Document

    from cleantext.segment.html import segment_html

    def call(question: Question) -> str:
        return "\n".join(segment.text for segment in segment_html(Document(question.page_text()).summary()).segments)

    return call


def justext() -> Extract:
    """Called with the stop words of all its languages: which one a page is in, it isn't told."""
    from justext import get_stoplist, get_stoplists
    from justext import justext as classify

    words = frozenset[str]().union(*(get_stoplist(language) for language in get_stoplists()))

    def call(question: Question) -> str:
        return "\n".join(paragraph.text for paragraph in classify(question.source, words) if not paragraph.is_boilerplate)

    return call


def newspaper() -> Extract:
    """newspaper4k, in the language that the page declares, without fetching pictures; Chinese and Japanese need its extras `zh`, `ja`."""
    from newspaper import Article

    def call(question: Question) -> str:
        article = Article("http://localhost/", fetch_images=False)
        article.download(input_html=question.page_text())
        article.parse()
        return article.text or ""

    return call


def boilerpy() -> Extract:
    """boilerpy3's extractor for articles."""
    from boilerpy3.extractors import ArticleExtractor

    extractor = ArticleExtractor(raise_on_failure=False)

    def call(question: Question) -> str:
        return str(extractor.get_content(question.page_text()))

    return call


def c4() -> Extract:
    """The C4QualityFilter of datatrove, without counting sentences; of a page it gets what trafilatura takes out, as in datatrove's pipelines."""
    from datatrove.data import Document
    from datatrove.pipeline.filters import C4QualityFilter

    page_text = trafilatura()
    quality = C4QualityFilter(min_num_sentences=-1)

    def call(question: Question) -> str:
        document = Document(text=question.page_text() if question.is_text else page_text(question), id="")
        verdict = quality.filter(document)
        return document.text if verdict is True else ""

    return call
