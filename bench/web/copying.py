"""`python -m bench.web.copying FOLDER`: the floor of any import into PostgreSQL. The rows of the forms, read before, go
by COPY into a plain table of text without keys, indexes, checks or encryption; prints people and seconds as JSON."""

import json
import os
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg

from bench.peers import COLUMNS, FIRST_ROW, calamine_rows


def main(folder: Path) -> None:
    rows = [
        [str(cell) for cell in row[: len(COLUMNS)]]
        for path in sorted(folder.glob("*.xlsx"))
        for row in calamine_rows(path)[FIRST_ROW:]
    ]
    url = urlsplit(os.environ["PAICHA_OWNER_DATABASE_URL"])
    names = ", ".join(COLUMNS)
    with psycopg.connect(host=unquote(url.hostname or ""), user=url.username, dbname=url.path[1:]) as connection:
        connection.execute(f"CREATE TABLE plain ({', '.join(f'{name} text' for name in COLUMNS)})")
        connection.commit()
        began = time.perf_counter()
        with connection.cursor().copy(f"COPY plain ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        connection.commit()
        print(json.dumps({"people": len(rows), "seconds": time.perf_counter() - began}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
