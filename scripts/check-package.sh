#!/usr/bin/env bash
# Installs, runs with TLS, upgrades, removes while it runs, and purges the Debian package of the server in a new Debian 12 root
# (debootstrap, minbase). The package is the one in server-app/target: mvn -pl server-app -am -DskipTests package
#
#   sudo scripts/check-package.sh [--prepare PROGRAM]
#
#   --prepare PROGRAM  is called with the path of the root first, for instance to copy the settings with which this machine
#                      reaches its package mirrors
#
# Needs root, debootstrap and about 1 GB in TMPDIR.
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
# shellcheck source=scripts/debian-root.sh
. "$root/scripts/debian-root.sh"

take_options "$@"
need openssl curl
package=$(find "$root/server-app/target" -maxdepth 1 -name 'videosession-server_*_all.deb' | head -n 1)
[ -n "$package" ] || { echo "missing: the package. Build it: mvn -pl server-app -am -DskipTests package" >&2 && exit 2; }
new_root package-machine 1000

# FILE: waits until a server has written its address to its output, and prints it.
listening_url() {
    for _ in $(seq 100); do
        if grep -q '^listening on' "$1"; then break; fi
        sleep 0.2
    done
    sed -n 's/^listening on //p' "$1"
}

# Processes of the root with other mounts than this script.
contained() {
    local process
    for process in $(processes); do
        [ "/proc/$process/ns/mnt" -ef /proc/self/ns/mnt ] || echo "$process"
    done
}

step "install, with the commands of the Containerfile"
cp "$package" "$machine/tmp/server.deb"
commands=$(sed -n '/^RUN /,/[^\\]$/ { s/^RUN //; s/\\$//; p }' "$root/docs/container/Containerfile")
inside "{ $(tr '\n' ' ' <<<"$commands"); } >/dev/null"
for library in libpulse0 libx11-6 libxtst6 maven; do
    if inside "dpkg -s $library" >/dev/null 2>&1; then fail "the package brings $library"; fi
done
[ "$(inside 'stat -c %U:%G:%a /etc/videosession/server.properties')" = root:videosession:640 ] || fail "rights of the configuration"

step "refuse to start without a project"
status=0
inside 'runuser -u videosession -- videosession server --config /etc/videosession/server.properties' 2>"$machine/err" || status=$?
cat "$machine/err" >&2
[ $status -eq 2 ] || fail "status $status instead of 2"

step "run as the user of the package, with TLS"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
    -keyout "$machine/etc/videosession/key.pem" -out "$machine/etc/videosession/chain.pem" 2>/dev/null
inside 'head -c 32 /dev/urandom | base64 -w 0 >/etc/videosession/api-secret
    chown root:videosession /etc/videosession/* && chmod 640 /etc/videosession/*
    printf "%s\n" "api-key = 47000001" "api-secret-file = /etc/videosession/api-secret" "port = 0" \
        "tls-cert = /etc/videosession/chain.pem" "tls-key = /etc/videosession/key.pem" >>/etc/videosession/server.properties
    install -d -o videosession -m 700 /var/lib/videosession
    keytool -importcert -noprompt -file /etc/videosession/chain.pem -keystore /trust -storepass changeit >/dev/null 2>&1'
inside 'runuser -u videosession -- videosession server --config /etc/videosession/server.properties' >"$machine/out" 2>"$machine/err" &
url=$(listening_url "$machine/out")
case "$url" in https://*) ;; *) cat "$machine/err" >&2 && fail "the server does not listen with TLS, but on ${url:-nothing}" ;; esac
curl -sS --noproxy '*' --cacert "$machine/etc/videosession/chain.pem" "$url/health" | grep -q '"status":"up"' || fail "no answer over TLS"
inside "
    export JAVA_TOOL_OPTIONS='-Djavax.net.ssl.trustStore=/trust -Djavax.net.ssl.trustStorePassword=changeit'
    session=\$(videosession session '$url' --api-key 47000001 --api-secret-file /etc/videosession/api-secret)
    videosession token --api-key 47000001 --api-secret-file /etc/videosession/api-secret --session \"\$session\" >/token
    test -s /token
" 2>"$machine/commands.err" || { cat "$machine/err" "$machine/commands.err" >&2 && fail "the server did not serve"; }
readable=$(inside 'runuser -u nobody -- find /etc/videosession /var/lib/videosession -readable -type f 2>/dev/null || true')
[ -z "$readable" ] || fail "every user can read $readable"
[ -e "$machine/var/lib/videosession/tokens.journal" ] || fail "no journal in the directory for data"

step "upgrade, with a changed configuration"
mkdir "$machine/newer"
dpkg-deb --raw-extract "$package" "$machine/newer"
sed -i 's/^Version: .*/Version: 99.0/' "$machine/newer/DEBIAN/control"
dpkg-deb --build --root-owner-group "$machine/newer" "$machine/newer.deb" >/dev/null
inside 'dpkg --force-confdef --force-confold -i /newer.deb >/dev/null'
[ "$(inside "dpkg-query -W -f '\${Version}' videosession-server")" = 99.0 ] || fail "not upgraded"
inside 'grep -q "^api-key = 47000001" /etc/videosession/server.properties' || fail "the upgrade lost the configuration"

step "remove while the server runs, and another one in a container"
cp -R "$machine/usr/share/videosession" "$machine/contained"
# shellcheck disable=SC2016 # expanded by the shell in the container
unshare --mount bash -c 'mount --bind "$1/contained" "$1/usr/share/videosession" &&
    exec chroot "$1" /usr/bin/env -i PATH=/usr/bin:/bin LANG=C.UTF-8 videosession server --dev --port 0' - "$machine" \
    >"$machine/contained.out" 2>"$machine/contained.err" &
url=$(listening_url "$machine/contained.out")
[ -n "$url" ] || { cat "$machine/contained.err" >&2 && fail "the server in the container did not start"; }
[ "$(processes)" != "$(contained)" ] || fail "the server ended"
inside 'dpkg -r videosession-server >/dev/null'
curl -sS --noproxy '*' "$url/health" | grep -q '"status":"up"' || fail "removing ended the server of a container"
contained | xargs kill
for _ in $(seq 50); do
    [ -n "$(contained)" ] || break
    sleep 0.2
done
[ -z "$(processes)" ] || fail "removing left processes: $(processes)"
rm -r "$machine/contained"
inside 'test ! -e /usr/bin/videosession && test -e /etc/videosession/server.properties && test -e /var/lib/videosession' ||
    fail "removing left the program, or took configuration or data"

step purge
inside 'rm /etc/videosession/{api-secret,chain.pem,key.pem} && dpkg -P videosession-server >/dev/null'
left=$(inside 'find / -xdev -path /proc -prune -o -path /tmp -prune -o -name "*videosession*" -print' | grep -v '^/newer' || true)
[ -z "$left" ] || fail "purging left $left"
echo "installed, run, upgraded, removed and purged: $(basename "$package")"
