CREATE TABLE IF NOT EXISTS meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS sources (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    record TEXT NOT NULL -- the Source as JSON
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS passages (
    number INTEGER PRIMARY KEY, -- shared with the row of `words`
    id TEXT NOT NULL UNIQUE,
    source_id TEXT NOT NULL,
    position INTEGER NOT NULL, -- reading order in its source
    record TEXT NOT NULL, -- the Passage as JSON
    segments TEXT NOT NULL, -- comma-separated, with a comma at each end
    vectors INTEGER NOT NULL, -- of its sentences
    tokens INTEGER NOT NULL, -- estimate, see tokens.py
    content_hash TEXT NOT NULL, -- of what is embedded
    indexed_hash TEXT -- the content_hash whose vectors are in the index
);

CREATE INDEX IF NOT EXISTS passages_by_source ON passages (source_id, position);

-- Few or none: they are counted with every question.
CREATE INDEX IF NOT EXISTS passages_unindexed ON passages (number) WHERE indexed_hash IS NOT content_hash;

CREATE TABLE IF NOT EXISTS stale_vectors (
    passage_id TEXT PRIMARY KEY -- vectors to delete from the index
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS findings (
    id TEXT PRIMARY KEY,
    source_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    passage_id TEXT NOT NULL,
    record TEXT NOT NULL -- the Finding as JSON
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS findings_by_passage ON findings (passage_id);

CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    heading,
    body,
    tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE TABLE IF NOT EXISTS imports ( -- sources that the user brought; what ships has no row here
    source_id TEXT PRIMARY KEY,
    origin TEXT NOT NULL UNIQUE, -- the file's path or the page's address
    sha256 TEXT NOT NULL, -- of the content as it was read
    record TEXT NOT NULL, -- the Import as JSON
    signature BLOB NOT NULL -- by which near-duplicates are known, see reading/likeness.py
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS imports_by_content ON imports (sha256);

CREATE TABLE IF NOT EXISTS failed_imports (
    origin TEXT PRIMARY KEY,
    record TEXT NOT NULL -- the FailedImport as JSON
) WITHOUT ROWID;
