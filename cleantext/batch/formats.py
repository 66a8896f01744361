"""How rows are written to a shard's file, and read again when it is made anew. Processes send rows as `data`, in bytes.

In each format `split` gives the rows of some data, `join` puts rows together, and `load` reads a file's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from cleantext.batch.files import Digested

ROW_GROUP: Final = 1000
"""Rows of a row group of Parquet. A shard's last has fewer."""


class JsonLines:
    """A row is a line."""

    def __init__(self, file: Digested, _schema: Any) -> None:
        self.file = file

    def write(self, data: bytes) -> None:
        """Write lines."""
        self.file.write(data)

    def close(self) -> None:
        """There is nothing left to write."""

    @staticmethod
    def load(path: str) -> bytes:
        """The lines of a file."""
        with open(path, "rb") as file:
            return file.read()

    @staticmethod
    def split(data: bytes) -> list[bytes]:
        """Each line with its end."""
        return [line + b"\n" for line in data.split(b"\n")[:-1]]

    @staticmethod
    def join(rows: Sequence[bytes]) -> bytes:
        """Lines one after the other."""
        return b"".join(rows)


class Parquet:
    """Rows travel as an Arrow stream. The file is the same however they were portioned."""

    def __init__(self, file: Digested, schema: Any) -> None:
        from pyarrow import parquet

        self.writer = parquet.ParquetWriter(file, schema, compression="zstd")
        self.waiting = schema.empty_table()

    def write(self, data: bytes) -> None:
        """Write full row groups; the rest waits."""
        import pyarrow as pa

        self.waiting = pa.concat_tables([self.waiting, _table(data)])
        while self.waiting.num_rows >= ROW_GROUP:
            self._group(ROW_GROUP)

    def close(self) -> None:
        """Write the last row group and the footer."""
        if self.waiting.num_rows:
            self._group(self.waiting.num_rows)
        self.writer.close()

    def _group(self, rows: int) -> None:
        self.writer.write_table(self.waiting.slice(0, rows).combine_chunks(), row_group_size=rows)
        self.waiting = self.waiting.slice(rows)

    @staticmethod
    def load(path: str) -> bytes:
        """The rows of a file."""
        from pyarrow import parquet

        return stream_of([parquet.read_table(path, use_threads=False)])

    @staticmethod
    def split(data: bytes) -> list[Any]:
        """Each row as a table."""
        table = _table(data)
        return [table.slice(i, 1) for i in range(table.num_rows)]

    @staticmethod
    def join(rows: Sequence[Any]) -> bytes:
        """Tables one after the other."""
        return stream_of(rows)


def _table(data: bytes) -> Any:
    import pyarrow as pa

    with pa.ipc.open_stream(data) as stream:
        return stream.read_all()


def stream_of(tables: Sequence[Any]) -> bytes:
    """Tables of one schema, one after the other, as an Arrow stream."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    table = pa.concat_tables(tables)
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue())


FORMATS: Final[dict[str, type[JsonLines | Parquet]]] = {"jsonl": JsonLines, "parquet": Parquet}
