#include "secret.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "utf8.h"

/* Non-blocking, since a named pipe in its place would hold us here for ever. */
static int open_secret(const char *path, int *fd, struct err *err)
{
	int opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	int ret = -1;

	if (opened < 0 && errno == ENOENT)
		return err_set(err, ERR_INPUT, "is not there");
	if (opened < 0 && errno == EACCES)
		return err_set(err, ERR_INPUT, "may not be read by this user");
	if (opened < 0)
		return err_set_errno(err, errno, "cannot be opened");
	if (fstat(opened, &st) < 0)
		err_set_errno(err, errno, "cannot be looked at");
	else if (!S_ISREG(st.st_mode))
		err_set(err, ERR_INPUT, "is no plain file");
	else if (st.st_mode & (S_IROTH | S_IWOTH))
		err_set(err, ERR_INPUT, "can be %s by everybody on this machine: chmod 600 it",
			st.st_mode & S_IROTH ? "read" : "changed");
	else if (st.st_size == 0)
		err_set(err, ERR_INPUT, "is empty");
	else
		ret = 0;
	if (ret < 0)
		close(opened);
	else
		*fd = opened;
	return ret;
}

int secret_check(const char *path, struct err *err)
{
	int fd;

	if (open_secret(path, &fd, err) < 0)
		return -1;
	close(fd);
	return 0;
}

/* As much of the file as fits; -1 when it cannot be read. */
static ssize_t read_start(int fd, char *into, size_t size)
{
	size_t have = 0;
	ssize_t got;

	do {
		got = read(fd, into + have, size - have);
		if (got > 0)
			have += (size_t)got;
	} while ((got > 0 && have < size) || (got < 0 && errno == EINTR));
	return got < 0 ? -1 : (ssize_t)have;
}

int secret_read(struct buf *out, const char *path, struct err *err)
{
	char text[SECRET_MAX + 2]; /* one byte more than allowed, and \r or \n */
	const char *eol;
	ssize_t got;
	size_t len;
	int ret = -1, fd;

	if (open_secret(path, &fd, err) < 0)
		return -1;
	got = read_start(fd, text, sizeof(text));
	len = got < 0 ? 0 : (size_t)got;
	eol = memchr(text, '\n', len);
	if (eol)
		len = (size_t)(eol - text);
	if (len && text[len - 1] == '\r')
		len--;
	if (got < 0)
		err_set_errno(err, errno, "cannot be read");
	else if (len == 0)
		err_set(err, ERR_INPUT, "has an empty first line");
	else if (len > SECRET_MAX)
		err_set(err, ERR_LIMIT, "has a first line of over %d bytes", SECRET_MAX);
	else if (!utf8_valid(text, len) || memchr(text, '\0', len))
		err_set(err, ERR_INPUT, "has a first line that is no text in UTF-8");
	else
		ret = 0;
	/* Once, since a buffer that grows leaves copies of the secret behind. */
	if (ret == 0)
		buf_add(out, text, len);
	explicit_bzero(text, sizeof(text));
	close(fd);
	return ret;
}

void secret_release(struct buf *secret)
{
	if (secret->data)
		explicit_bzero(secret->data, secret->size);
	buf_release(secret);
}
