# The bot against real servers and clients; run by ./bootstrap check and ./bootstrap demo.
EXTRA_DIST += \
	bootstrap \
	tests/bare/run.sh \
	tests/wire/careerbot.py \
	tests/wire/certificates.py \
	tests/wire/chromium.py \
	tests/wire/demo.py \
	tests/wire/ejabberd.py \
	tests/wire/mod_moderation.lua \
	tests/wire/nameserver.c \
	tests/wire/nameserver.py \
	tests/wire/person.py \
	tests/wire/prosody.py \
	tests/wire/run.py \
	tests/wire/sandbox.py \
	tests/wire/server.py \
	tests/wire/test_changes.py \
	tests/wire/test_courtesy.py \
	tests/wire/test_gaps.py \
	tests/wire/test_invitations.py \
	tests/wire/test_manners.py \
	tests/wire/test_network.py \
	tests/wire/test_process.py \
	tests/wire/test_profile.py \
	tests/wire/test_queries.py \
	tests/wire/test_room_life.py \
	tests/wire/test_rooms.py \
	tests/wire/test_session.py \
	tests/wire/test_talk.py \
	tests/wire/test_web.py \
	tests/wire/web.py \
	tests/wire/web/index.html \
	tests/wire/web/package-lock.json \
	tests/wire/web/package.json \
	tests/wire/web/talk.css \
	tests/wire/web/talk.js \
	tests/wire/world.py
