#include "schema.h"

/* Marks a file as ours: "cbjl". */
#define APPLICATION_ID 0x63626A6C
#define SET_APPLICATION_ID "PRAGMA application_id = 0x63626A6C"

/* Never changed once released: what is to be different is a migration more. */
static const char *const migrations[] = {
	/* 1 */
	"CREATE TABLE question ("
	" id INTEGER PRIMARY KEY,"
	" asked_ms INTEGER NOT NULL,"
	" place TEXT NOT NULL CHECK (place IN ('direct', 'room', 'private')),"
	" room TEXT,"
	" asker BLOB NOT NULL,"       /* who, as a keyed hash */
	" said BLOB,"                 /* asker, place and the sender's id, as a keyed hash */
	" said_stanza BLOB,"          /* the same with the id that room or server gave */
	" corrects INTEGER NOT NULL," /* the first version of a corrected question, or 0 */
	" corrected INTEGER NOT NULL DEFAULT 0,"
	" text TEXT NOT NULL,"
	" outcome TEXT NOT NULL,"
	" answers TEXT NOT NULL," /* ids, separated by spaces */
	" confidence REAL NOT NULL,"
	" state TEXT NOT NULL" /* open: see delivery */
	"  CHECK (state IN ('open', 'confirmed', 'final', 'given-up')),"
	" reply TEXT,"       /* the id of our message */
	" reply_stanza TEXT" /* the id that the room gave it */
	");"
	/* Few: each is a page more to write for each question. */
	"CREATE INDEX question_asker ON question (asker);"
	"CREATE INDEX question_asked ON question (asked_ms);"
	"CREATE INDEX question_corrects ON question (corrects) WHERE corrects > 0;"

	/* What it takes to send an answer (again); here only while it is owed or sent. */
	"CREATE TABLE delivery ("
	" question INTEGER PRIMARY KEY REFERENCES question ON DELETE CASCADE,"
	" id TEXT NOT NULL UNIQUE," /* of our message */
	" state TEXT NOT NULL CHECK (state IN ('owed', 'sent')),"
	" stream INTEGER NOT NULL," /* the login under which it was last sent */
	" tries INTEGER NOT NULL DEFAULT 0,"
	" recipient TEXT NOT NULL,"
	" body TEXT NOT NULL,"
	" reply_to TEXT,"
	" reply_jid TEXT,"
	" thread TEXT,"
	" replaces TEXT"
	");"

	"CREATE TABLE feedback ("
	" question INTEGER NOT NULL REFERENCES question ON DELETE CASCADE,"
	" asker BLOB NOT NULL,"
	" liked INTEGER NOT NULL," /* 1, 0 or -1 */
	" PRIMARY KEY (question, asker)"
	") WITHOUT ROWID;"
	"CREATE INDEX feedback_asker ON feedback (asker);"

	/* Messages dealt with, as keyed hashes of their ids. Looked up in memory only. */
	"CREATE TABLE seen (number INTEGER PRIMARY KEY, key BLOB NOT NULL);"

	/* How far each archive was read; '' is our own. */
	"CREATE TABLE archive ("
	" name TEXT PRIMARY KEY, last_id TEXT, last_ms INTEGER NOT NULL) WITHOUT ROWID;"

	/* What holds for a time: a quiet room, an asker told about encryption. */
	"CREATE TABLE mark ("
	" kind TEXT NOT NULL, who BLOB NOT NULL, until_ms INTEGER NOT NULL,"
	" PRIMARY KEY (kind, who)) WITHOUT ROWID;",

	/* 2: rooms joined besides those of the settings */
	"CREATE TABLE joined_room ("
	" jid TEXT PRIMARY KEY, nick TEXT, password TEXT, since_ms INTEGER NOT NULL)"
	" WITHOUT ROWID;",
};

static int64_t number(struct store *store, const char *sql)
{
	struct query query = query_begin(store, sql);
	int64_t value = query_step(&query) ? query_get_int(&query, 0) : 0;

	query_end(&query);
	return value;
}

static bool is_empty(struct store *store)
{
	return number(store, "SELECT count(*) FROM sqlite_master") == 0;
}

/* The number of migrations done; refuses what is not ours. */
static size_t shape(struct store *store)
{
	int64_t done;

	if (is_empty(store))
		return 0;
	if (number(store, "PRAGMA application_id") != APPLICATION_ID)
		store_refuse(store, SQLITE_MISUSE, "is a database, but no journal of careerbot");
	done = number(store, "SELECT max(number) FROM migration");
	if (done < 1 || done > (int64_t)ARRAY_LEN(migrations))
		store_refuse(store, SQLITE_MISUSE, "was written by a newer careerbot");
	return (size_t)done;
}

static void migrate(struct store *store, size_t step, int64_t now_ms)
{
	struct query query;

	store_exec(store, migrations[step]);
	query = query_begin(store, "INSERT INTO migration (number, at_ms) VALUES (?, ?)");
	query_int(&query, (int64_t)step + 1);
	query_int(&query, now_ms);
	query_run(&query);
}

int schema_bring_up(struct store *store, int64_t now_ms, int64_t *born_ms, struct err *err)
{
	size_t done = shape(store);

	for (size_t step = done; step < ARRAY_LEN(migrations); step++) {
		if (store->failed)
			break;
		store_begin(store);
		if (step == 0) {
			store_exec(store, SET_APPLICATION_ID);
			store_exec(store, "CREATE TABLE migration "
					  "(number INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL)");
		}
		migrate(store, step, now_ms);
		if (store_commit(store, err) < 0)
			return -1;
	}
	now_ms = number(store, "SELECT at_ms FROM migration WHERE number = 1");
	if (store_result(store, err) < 0)
		return -1;
	*born_ms = now_ms;
	return 0;
}

int schema_check(struct store *store, struct err *err)
{
	if (shape(store) < ARRAY_LEN(migrations))
		store_refuse(store, SQLITE_MISUSE,
			"has the shape of an older careerbot; start the bot once to renew it");
	return store_result(store, err);
}
