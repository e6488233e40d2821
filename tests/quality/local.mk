# How well the bot understands people, and how sure is sure enough. Run by hand:
#	make quality [FILE=questions.tsv] [TALKS=talks.jsonl] [FLAGS=--no-misses]
#	make calibrate
quality_dir = $(srcdir)/tests/quality
quality_data = \
	$(quality_dir)/questions.tsv \
	$(quality_dir)/talks.jsonl \
	$(quality_dir)/visits.jsonl
FILE =
TALKS =
FLAGS =

quality: careerbot$(EXEEXT)
	@files='$(FILE) $(TALKS)'; test "$$files" != ' ' || files='$(quality_data)'; \
	$(quality_dir)/quality --pack $(srcdir) $(FLAGS) $$files

calibrate: careerbot$(EXEEXT)
	@$(quality_dir)/calibrate --pack $(srcdir) $(quality_data)

.PHONY: quality calibrate

dist_check_SCRIPTS += tests/quality/quality.test
EXTRA_DIST += \
	tests/quality/calibrate \
	tests/quality/hard.tsv \
	tests/quality/labelled.py \
	tests/quality/quality \
	tests/quality/questions.tsv \
	tests/quality/talks.jsonl \
	tests/quality/test_quality.py \
	tests/quality/visits.jsonl
