#include "exchange.h"

#include "buf.h"
#include "utf8.h"

static const char *or_none(const char *text)
{
	return text && *text ? text : "(none)";
}

static void put_ids(FILE *out, const struct answer_ids *ids)
{
	for (size_t i = 0; i < ids->count; i++)
		fprintf(out, "%s%s", i ? ", " : "", ids->ids[i]);
}

/* The outcome in a sentence. */
static void put_outcome(FILE *out, const struct answer_reply *reply)
{
	fputs("  decided      ", out);
	switch (reply->outcome) {
	case ANSWER_ANSWER:
		fputs("to answer with ", out);
		put_ids(out, &reply->answers);
		break;
	case ANSWER_CLARIFY:
		fputs("to ask back which is meant: ", out);
		put_ids(out, &reply->suggest);
		break;
	case ANSWER_SUGGEST:
		fputs("not to answer, but to offer ", out);
		put_ids(out, &reply->suggest);
		break;
	case ANSWER_UNCOVERED:
		fputs("that the pack does not tell this", out);
		fputs(reply->nearest.count ? "; nearest to it: " : "", out);
		put_ids(out, &reply->nearest);
		break;
	case ANSWER_UNKNOWN:
		fputs("that this was not understood", out);
		break;
	case ANSWER_SILENT:
		fputs("to say nothing", out);
		break;
	}
	fputc('\n', out);
}

static void put_candidates(FILE *out, const struct answer_explanation *explanation)
{
	if (!explanation->candidate_count) {
		fputs("  readings     (none: nothing in the patterns fits)\n", out);
		return;
	}
	fputs("  readings     how much speaks for each, of 1.00 in all, and below it what, the\n"
	      "               strongest first:\n",
		out);
	for (size_t i = 0; i < explanation->candidate_count; i++) {
		const struct answer_candidate *candidate = &explanation->candidates[i];

		fprintf(out, "    %4.2f  %s", candidate->score, candidate->id);
		if (candidate->at.line) /* else it stands nowhere: that it is foreign talk */
			fprintf(out, ", %s:%u:%u", candidate->at.path, candidate->at.line,
				candidate->at.col);
		fputc('\n', out);
		if (candidate->evidence && *candidate->evidence)
			fprintf(out, "          because of %s\n", candidate->evidence);
	}
}

void exchange_put_explanation(FILE *out, const struct exchange *exchange)
{
	const struct answer_reply *reply = exchange->reply;
	const struct answer_explanation *explanation = reply->explanation;
	struct buf question;

	if (!explanation)
		return;
	buf_init(&question, BUF_LINE);
	utf8_clean(&question, exchange->question, exchange->len, true);
	fprintf(out, "How this came about\n  asked        %s%s\n", question.data,
		question.cut ? " …" : "");
	fprintf(out, "  read as      %s\n", or_none(explanation->normalised));
	fprintf(out, "  slips mended %s\n", or_none(explanation->repairs));
	fprintf(out, "  recognised   %s\n", or_none(explanation->concepts));
	fprintf(out, "  left over    %s\n", or_none(explanation->unused));
	put_outcome(out, reply);
	fprintf(out, "  by the rule  %s\n", or_none(explanation->rule));
	fprintf(out, "  sure         %.2f, where 1.00 is certain\n", reply->confidence);
	put_candidates(out, explanation);
	buf_release(&question);
}
