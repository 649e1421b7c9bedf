"""What stands around the tables on a server: who a member is, who may do what, and what is written down of it.

member      proves who they are in each transaction: `poise.member` and `poise.proof` are set for it alone, and `me()`
            is nobody where the proof is not theirs. The proof comes from their data key, which no server has.
policies    forced on every table, for its owner too: a member's rows are there for that member.
audit       one chain of hashes for each member; a row names the one before it. Rows are only ever added.
roles       poise_app (what members use), poise_steward, poise_backup (reads, for dumps), poise_owner (migrations).

What a migration that was released has called stays as it is; a change is a new function for a new migration.
"""

from __future__ import annotations

from alembic import op

APP, STEWARD, BACKUP, OWNER = ROLES = ("poise_app", "poise_steward", "poise_backup", "poise_owner")
MINE = "member = (SELECT me())"
"""Evaluated once for each statement, not for each row."""
_READS = ("opened", "read", "indexed")
"""What a program writes down by itself: a server notices writing, not reading."""

_MEMBERS = """
    CREATE TABLE members (
        id uuid CONSTRAINT pk_members PRIMARY KEY DEFAULT gen_random_uuid(),
        name text NOT NULL CONSTRAINT uq_members_name UNIQUE CHECK (length(name) BETWEEN 1 AND 80),
        invitation bytea,
        invited_at timestamptz NOT NULL DEFAULT now(),
        joined_at timestamptz,
        keys text,
        proof bytea
    )
"""
_ME = """
    CREATE FUNCTION me() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = poise, pg_temp AS $$
        SELECT id FROM members
        WHERE id = nullif(current_setting('poise.member', true), '')::uuid
          AND proof = sha256(decode(current_setting('poise.proof', true), 'hex'))
    $$
"""
_AUDIT = """
    CREATE TABLE audit (
        member uuid NOT NULL DEFAULT me() CONSTRAINT fk_audit_member REFERENCES members,
        n bigint NOT NULL,
        at timestamptz NOT NULL,
        actor uuid DEFAULT me(),
        action text NOT NULL,
        kind text NOT NULL,
        entries bigint[] NOT NULL DEFAULT '{}',
        count bigint NOT NULL,
        previous bytea NOT NULL,
        hash bytea NOT NULL,
        CONSTRAINT pk_audit PRIMARY KEY (member, n)
    )
"""
_HASH = """
    CREATE FUNCTION hash_of(link audit) RETURNS bytea LANGUAGE sql STABLE AS $$
        SELECT sha256(link.previous || convert_to(concat_ws('|', link.member, link.n,
            to_char(link.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), coalesce(link.actor::text, 'steward'),
            link.action, link.kind, array_to_string(link.entries, ','), link.count), 'UTF8'))
    $$
"""
_LINK = """
    CREATE FUNCTION link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = poise, pg_temp AS $$
    DECLARE last audit;
    BEGIN
        PERFORM pg_advisory_xact_lock(hashtextextended('poise audit ' || NEW.member, 0));
        SELECT * INTO last FROM audit WHERE member = NEW.member ORDER BY n DESC LIMIT 1;
        NEW.n := coalesce(last.n, 0) + 1;
        NEW.at := clock_timestamp();
        NEW.previous := coalesce(last.hash, ''::bytea);
        NEW.hash := hash_of(NEW);
        RETURN NEW;
    END $$
"""
_REFUSE = """
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE insufficient_privilege USING MESSAGE = 'the audit is only ever added to';
    END $$
"""
_BROKEN = """
    CREATE FUNCTION broken_links() RETURNS TABLE (whose uuid, link bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = poise, pg_temp AS $$
        SELECT member, min(place) FROM (
            SELECT member, row_number() OVER chain AS place,
                   n = row_number() OVER chain AND hash = hash_of(audit)
                   AND previous = coalesce(lag(hash) OVER chain, ''::bytea) AS whole
            FROM audit WINDOW chain AS (PARTITION BY member ORDER BY n)
        ) AS links WHERE whole IS NOT TRUE GROUP BY member
    $$
"""
_COUNTS = """
    CREATE FUNCTION audit_counts() RETURNS TABLE (what text, of text, times bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = poise, pg_temp AS $$
        SELECT action, kind, count(*) FROM audit GROUP BY action, kind ORDER BY action, kind
    $$
"""
_NOTE_WRITTEN = """
    CREATE FUNCTION note_written() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = poise, pg_temp AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            INSERT INTO audit (member, action, kind, entries, count)
            SELECT member, 'kept', TG_TABLE_NAME, array_agg(id ORDER BY id), count(*) FROM new_rows GROUP BY member;
        ELSIF TG_OP = 'UPDATE' THEN
            INSERT INTO audit (member, action, kind, entries, count)
            SELECT member, 'changed', TG_TABLE_NAME, array_agg(id ORDER BY id), count(*) FROM new_rows GROUP BY member;
        ELSE
            INSERT INTO audit (member, action, kind, entries, count)
            SELECT member, 'erased', TG_TABLE_NAME, array_agg(id ORDER BY id), count(*) FROM old_rows GROUP BY member;
        END IF;
        RETURN NULL;
    END $$
"""
_NOTE_MEMBER = """
    CREATE FUNCTION note_member() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = poise, pg_temp AS $$
    BEGIN
        INSERT INTO audit (member, actor, action, kind, count)
        VALUES (NEW.id, CASE WHEN TG_ARGV[0] = 'invited' THEN NULL ELSE NEW.id END, TG_ARGV[0], 'members', 1);
        RETURN NULL;
    END $$
"""
_INVITE = """
    CREATE FUNCTION invite(called text, sealed_invitation bytea) RETURNS uuid
    LANGUAGE sql SECURITY DEFINER SET search_path = poise, pg_temp AS $$
        INSERT INTO members (name, invitation) VALUES (called, sealed_invitation) RETURNING id
    $$
"""
_JOIN = """
    CREATE FUNCTION join_team(called text, word text, wrapped text, proven bytea) RETURNS uuid
    LANGUAGE sql SECURITY DEFINER SET search_path = poise, pg_temp AS $$
        UPDATE members SET keys = wrapped, proof = proven, invitation = NULL, joined_at = now()
        WHERE name = called AND invitation = sha256(convert_to(word, 'UTF8')) AND keys IS NULL
          AND invited_at > now() - interval '14 days'
        RETURNING id
    $$
"""
_KEYS_OF = """
    CREATE FUNCTION keys_of(called text) RETURNS TABLE (member uuid, wrapped text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = poise, pg_temp AS $$
        SELECT id, keys FROM members WHERE name = called AND keys IS NOT NULL
    $$
"""
_WHO_IS_HERE = """
    CREATE FUNCTION who_is_here() RETURNS TABLE (called text, invited timestamptz, joined timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = poise, pg_temp AS $$
        SELECT name, invited_at, joined_at FROM members ORDER BY name
    $$
"""
_CALLED_BY = {
    "me()": (APP, OWNER),
    "join_team(text, text, text, bytea)": (APP,),
    "keys_of(text)": (APP,),
    "invite(text, bytea)": (STEWARD,),
    "who_is_here()": (STEWARD,),
    "audit_counts()": (STEWARD,),
    "broken_links()": (STEWARD, OWNER),
    "hash_of(audit)": (OWNER,),
    "link()": (OWNER,),
    "note_written()": (OWNER,),
    "note_member()": (OWNER,),
    "refuse()": (OWNER,),
}


def here() -> bool:
    """Whether the migrations run on a server."""
    return op.get_bind().dialect.name == "postgresql"


def before_the_tables() -> None:
    """Members, and how one proves to be one."""
    op.execute(f"GRANT USAGE ON SCHEMA poise TO {APP}, {STEWARD}, {BACKUP}")
    op.execute(_MEMBERS)
    op.execute(_ME)


def after_the_tables() -> None:
    """The audit, what is called by whom, and the policies of what no member owns."""
    op.execute(_AUDIT)
    made = (_HASH, _LINK, _REFUSE, _BROKEN, _COUNTS, _NOTE_WRITTEN, _NOTE_MEMBER)
    for function in (*made, _INVITE, _JOIN, _KEYS_OF, _WHO_IS_HERE):
        op.execute(function)
    for called, roles in _CALLED_BY.items():
        op.execute(f"REVOKE ALL ON FUNCTION {called} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {called} TO {', '.join(roles)}")
    _members()
    _audit()
    _guard("alembic_version")
    op.execute(f"CREATE POLICY of_all ON alembic_version FOR SELECT TO {APP}, {STEWARD} USING (true)")
    op.execute(f"CREATE POLICY of_owner ON alembic_version TO {OWNER} USING (true) WITH CHECK (true)")
    op.execute(f"GRANT SELECT ON alembic_version TO {APP}, {STEWARD}")


def protect(table: str) -> None:
    """What belongs to a member: rows are there for that member alone, and for dumps, where words stay sealed."""
    _guard(table)
    op.execute(f"CREATE POLICY of_member ON {table} TO {APP} USING ({MINE}) WITH CHECK ({MINE})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP}")
    op.execute(f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA poise TO {BACKUP}")


def note_writing(table: str) -> None:
    """Entries: whatever is written is noted in the audit, by the server itself."""
    for verb, rows in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        op.execute(f"""
            CREATE TRIGGER note_{verb.lower()} AFTER {verb} ON {table}
            REFERENCING {rows} TABLE AS {rows.lower()}_rows FOR EACH STATEMENT EXECUTE FUNCTION note_written()
        """)


def _guard(table: str) -> None:
    """Policies in force for everybody, its owner too; dumps may read."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY of_dumps ON {table} FOR SELECT TO {BACKUP} USING (true)")
    op.execute(f"GRANT SELECT ON {table} TO {BACKUP}")


def _members() -> None:
    _guard("members")
    op.execute(f"CREATE POLICY of_owner ON members TO {OWNER} USING (true) WITH CHECK (true)")
    me = "id = (SELECT me())"
    op.execute(f"CREATE POLICY of_member ON members TO {APP} USING ({me}) WITH CHECK ({me})")
    op.execute(f"GRANT SELECT (id, name, joined_at, keys), UPDATE (keys) ON members TO {APP}")
    for verb, what in (("INSERT", "invited"), ("UPDATE OF joined_at", "joined"), ("UPDATE OF keys", "keys")):
        op.execute(f"""
            CREATE TRIGGER note_{what} AFTER {verb} ON members FOR EACH ROW EXECUTE FUNCTION note_member('{what}')
        """)


def _audit() -> None:
    _guard("audit")
    op.execute(f"CREATE POLICY of_owner ON audit FOR SELECT TO {OWNER} USING (true)")
    op.execute(f"CREATE POLICY by_owner ON audit FOR INSERT TO {OWNER} WITH CHECK (true)")
    op.execute(f"CREATE POLICY of_member ON audit FOR SELECT TO {APP} USING ({MINE})")
    reads = ", ".join(f"'{action}'" for action in _READS)
    mine = f"{MINE} AND actor = (SELECT me()) AND action IN ({reads})"
    op.execute(f"CREATE POLICY by_member ON audit FOR INSERT TO {APP} WITH CHECK ({mine})")
    op.execute(f"GRANT SELECT, INSERT (action, kind, entries, count) ON audit TO {APP}")
    op.execute("CREATE TRIGGER link BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION link()")
    for verb in ("UPDATE", "DELETE", "TRUNCATE"):
        op.execute(f"""
            CREATE TRIGGER refuse_{verb.lower()} BEFORE {verb} ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse()
        """)
