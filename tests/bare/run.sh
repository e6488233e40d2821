#!/bin/sh
# A machine that has only the base system: this repository is cloned into it, and a script talks to
# the bot through `./bootstrap demo`. Prints TAP. Needs root, and mmdebstrap, which takes packages
# from where this machine's own apt does; without them the test is skipped.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=/dev/null
. /etc/os-release
number=0

skip_all() {
	echo "ok 1 - a bare machine # SKIP $*"
	exit 0
}

holds() { # NAME COMMAND...
	number=$((number + 1))
	name=$1
	shift
	if "$@"; then
		echo "ok $number - bare machine: $name"
	else
		echo "not ok $number - bare machine: $name"
	fi
}

# --- the machine

sources() {
	origin=$(echo "$ID" | sed 's/^./\U&/')
	# shellcheck disable=SC2016 # what stands in $() is for apt
	apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' \
		'Created-By: Packages' "Origin: $origin" | sort -u
}

make_machine() {
	set --
	for option in $(apt-config dump Acquire | sed -n '/::\(Proxy\|Check-[a-zA-Z-]*\) /s/ /=/p'); do
		set -- "$@" --aptopt="$(echo "$option" | sed 's/=/ /; s/;$//; s/"//g')"
	done
	sources | mmdebstrap --quiet --variant=minbase "$@" "$VERSION_CODENAME" "$machine" - >&2 &&
		git -c safe.directory='*' clone --quiet --no-hardlinks "$top" "$machine/opt/careerbot"
}

# Runs a command in the machine; what it leaves running ends with it.
inside() {
	unshare --mount --pid --fork --kill-child --mount-proc="$machine/proc" \
		env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
		timeout --foreground 1200 chroot "$machine" "$@"
}

# --- what is tried

asks_for_packages_where_not_root() {
	mkdir -m 755 "$machine/srv/careerbot" && cp "$machine/opt/careerbot/bootstrap" \
		"$machine/srv/careerbot" && chown -R 65534 "$machine/srv/careerbot" || return
	inside setpriv --reuid 65534 --clear-groups /srv/careerbot/bootstrap demo \
		</dev/null >"$heard"
	[ $? = 1 ] && [ "$(wc -l <"$heard")" = 1 ] && grep '^apt-get install .* prosody' "$heard"
}

# Talks in a first and in a second run, and looks for what is left of them.
talk() {
	inside /bin/sh -c 'cd / && /opt/careerbot/bootstrap demo || exit
		! ls -d /tmp/careerbot-* 2>/dev/null || exit 90
		! grep -l "^lua\|prosody\|careerbot" /proc/[0-9]*/comm || exit 91
		! ls /etc/rc[2-5].d/S*prosody 2>/dev/null || exit 92
		! ls /etc/systemd/system/*.wants/prosody.service 2>/dev/null || exit 93
		! ls /usr/sbin/policy-rc.d 2>/dev/null || exit 94' <<-'TXT' >"$heard"
		what does a machine learning engineer earn in India?
		/dm what does a machine learning engineer earn in India?
		help
		/dm what does a machine learning engineer earn in Germany?
		flurbl gnargh xyzzy
		/say nobody in particular is spoken to
	TXT
	status=$?
	sed 's/^/# /' "$heard"
	return "$status"
}

# The Nth reply has a line like the pattern.
reply() { awk -v n="$1" 'BEGIN { RS = "" } NR == n' "$heard" | grep -qE "$2"; }
no_reply() { ! reply "$@"; }

[ "$(id -u)" = 0 ] || skip_all 'not root'
command -v mmdebstrap >/dev/null || skip_all 'no mmdebstrap'
[ -e "$top/.git" ] || skip_all 'not a clone'
machine=$(mktemp -d /var/tmp/careerbot-bare-XXXXXX) || exit 1
heard=$machine.heard
trap 'rm -rf --one-file-system "$machine" "$heard"' EXIT
trap 'exit 1' HUP INT TERM
chmod 755 "$machine"
apt-get update -qq >&2 # where the package lists are, it is known what is Debian's
make_machine || skip_all 'mmdebstrap cannot make a machine here'

holds 'not as root, one line says what to install' asks_for_packages_where_not_root
for time in first second; do
	holds "./bootstrap demo, the $time time, ends well and leaves nothing" talk
	holds "$time time: the question in the room has its figure" reply 1 '^room< guest: .*22\.7'
	holds "$time time: the same by direct message" reply 2 '^dm< .*22\.7'
	holds "$time time: help" reply 3 '^room< .*\?'
	holds "$time time: what is not known gets a word" reply 4 '^dm< '
	holds "$time time: … and no figure" no_reply 4 '[0-9][0-9]'
	holds "$time time: nonsense gets a word" reply 5 '^room< guest: '
	holds "$time time: what is said to nobody gets none" reply 6 '^\(no reply\)$'
done
echo "1..$number"
