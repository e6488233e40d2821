noinst_LIBRARIES += libdesk.a
libdesk_a_SOURCES = \
	bot/desk/bucket.c bot/desk/bucket.h \
	bot/desk/catch_up.c \
	bot/desk/change.c \
	bot/desk/delivery.c \
	bot/desk/desk_inner.h \
	bot/desk/desk.c bot/desk/desk.h \
	bot/desk/doomed.c bot/desk/doomed.h \
	bot/desk/fresh.c bot/desk/fresh.h \
	bot/desk/guard.c bot/desk/guard.h \
	bot/desk/hold.c bot/desk/hold.h \
	bot/desk/marks.c bot/desk/marks.h \
	bot/desk/order.c bot/desk/order.h \
	bot/desk/order_admin.c bot/desk/order_forms.c bot/desk/order_people.c \
	bot/desk/post.c \
	bot/desk/question.c \
	bot/desk/rate.c bot/desk/rate.h \
	bot/desk/rivals.c bot/desk/rivals.h \
	bot/desk/steer.c \
	bot/desk/trouble.c bot/desk/trouble.h \
	bot/desk/turn.c \
	bot/desk/wish.c bot/desk/wish.h \
	bot/desk/wording.c bot/desk/wording.h
libdesk_a_CPPFLAGS = $(desk_inc)
