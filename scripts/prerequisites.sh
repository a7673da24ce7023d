# shellcheck shell=bash
# Packages that the project requires, for Debian 12 and its derivatives. Sourced by ./run and ./test.
#
#   require_prerequisites running   what building and running need
#   require_prerequisites tests     that, and what the tests need
#   require_prerequisites faults    that, and what the long tests need
#   require_prerequisites benchmarks   what building, running and the servers of the comparison need
#   require_prerequisites packaging   what building, running and the packages of the desktop programs need
#
# Prints what is missing and why, and installs it with apt-get if that needs no password. Otherwise it prints the command and exits
# with status 2. Everything goes to standard error.

# Shared library, Debian package, user of the library. webrtc-java's native library is linked to the first seven.
readonly LIBRARIES="
libpulse.so.0       libpulse0       WebRTC (audio; required to load)
libudev.so.1        libudev1        WebRTC (finding cameras)
libX11.so.6         libx11-6        WebRTC and Swing
libXfixes.so.3      libxfixes3      WebRTC
libXrandr.so.2      libxrandr2      WebRTC
libXcomposite.so.1  libxcomposite1  WebRTC
libdbus-1.so.3      libdbus-1-3     WebRTC
libXext.so.6        libxext6        Swing
libXrender.so.1     libxrender1     Swing
libXtst.so.6        libxtst6        Swing
libXi.so.6          libxi6          Swing"

# The same for the tests only.
readonly TEST_LIBRARIES="
libgtk-3.so.0       libgtk-3-0      JavaFX"

missing_packages=()

require_prerequisites() {
    find_missing "$1"
    [ ${#missing_packages[@]} -gt 0 ] || return 0
    install_missing
    find_missing "$1" >/dev/null 2>&1
    if [ ${#missing_packages[@]} -gt 0 ]; then
        say "still missing after the installation: ${missing_packages[*]}"
        exit 2
    fi
}

find_missing() {
    missing_packages=()
    check_java
    command -v mvn >/dev/null || miss maven "builds the project"
    command -v flock >/dev/null || miss util-linux "keeps two builds apart (flock)"
    if [ "$(uname -s)" = Linux ]; then
        check_libraries "$LIBRARIES"
        check_fonts
    fi
    if [ "$1" = faults ]; then
        command -v chromium >/dev/null || miss chromium "a browser that exchanges media with our clients"
        command -v firefox-esr >/dev/null || miss firefox-esr "another one"
        PATH="$PATH:/usr/sbin:/sbin" command -v nft >/dev/null || miss nftables "firewalls in these networks"
    fi
    if [ "$1" = packaging ]; then
        command -v dpkg-deb >/dev/null || miss dpkg "writes a Debian package"
        command -v fakeroot >/dev/null || miss fakeroot "makes root the owner of the files in it"
    fi
    if [ "$1" = benchmarks ]; then
        command -v node >/dev/null || miss nodejs "runs the Socket.IO server of the comparison"
        command -v npm >/dev/null || miss npm "installs it"
    fi
    if [ "$1" = tests ] || [ "$1" = faults ]; then
        command -v node >/dev/null || miss nodejs "a client and a backend in JavaScript, for the tests"
        command -v npm >/dev/null || miss npm "installs their packages"
        command -v Xvfb >/dev/null || miss xvfb "a display for the tests of the user interface"
        command -v xauth >/dev/null || miss xauth "used by xvfb-run"
        [ -n "$(type -P kill)" ] || miss procps "kill, with which tests stop and end processes"
        command -v pulseaudio >/dev/null || miss pulseaudio "an audio server for the tests, for a microphone"
        command -v janus >/dev/null || miss janus "a media router"
        command -v turnserver >/dev/null || miss coturn "a TURN server"
        PATH="$PATH:/usr/sbin:/sbin" command -v ip >/dev/null || miss iproute2 "separate networks for tests"
        command -v redis-server >/dev/null || miss redis-server "joins several servers"
        command -v systemd-analyze >/dev/null || miss systemd "checks the unit of the server's package"
        command -v dpkg-deb >/dev/null || miss dpkg "reads that package"
        command -v promtool >/dev/null || miss prometheus "promtool checks metrics, alert rules and the dashboard"
        [ "$(uname -s)" != Linux ] || check_libraries "$TEST_LIBRARIES"
        check_dictionary
        check_proxy nginx
        check_proxy haproxy
        check_proxy caddy
        command -v pactl >/dev/null || miss pulseaudio-utils "makes that microphone"
    fi
}

check_dictionary() {
    if ! command -v hunspell >/dev/null || ! hunspell -d en_US -l </dev/null >/dev/null 2>&1; then
        miss hunspell "checks the spelling of the documents"
        miss hunspell-en-us "its dictionary"
    fi
}

# Debian installs some of them outside of the PATH of users.
check_proxy() {
    PATH="$PATH:/usr/sbin:/sbin" command -v "$1" >/dev/null || miss "$1" "runs the example in docs/proxies"
}

# A JDK of version 17 or later that can open windows.
check_java() {
    local home version
    home=$(java_home)
    if [ ! -x "$home/bin/javac" ]; then
        miss openjdk-17-jdk "a JDK, version 17 or later${JAVA_HOME:+; JAVA_HOME is $JAVA_HOME}"
        return
    fi
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2>/dev/null)
    if [ "${version:-0}" -lt 17 ]; then
        miss openjdk-17-jdk "a JDK, version 17 or later; $home is ${version:-of an unknown version}"
    elif [ "$(uname -s)" = Linux ] && [ ! -e "$home/lib/libawt_xawt.so" ]; then
        miss openjdk-17-jdk "a JDK with Swing; $home is a headless one"
    fi
}

# Where the JDK is that Maven and we use; prints nothing if there is none.
java_home() {
    local javac
    if [ -n "${JAVA_HOME:-}" ]; then
        printf '%s\n' "$JAVA_HOME"
    elif javac=$(command -v javac); then
        dirname "$(dirname "$(readlink -f "$javac")")"
    fi
}

check_libraries() {
    local known library package purpose
    known=$(PATH="$PATH:/usr/sbin:/sbin" ldconfig -p 2>/dev/null) || known=""
    while read -r library package purpose; do
        case "$known" in
            "" | *"$library "*) ;;
            *) [ -z "$library" ] || miss "$package" "$library, for $purpose" ;;
        esac
    done <<<"$1"
}

check_fonts() {
    if ! command -v fc-list >/dev/null; then
        miss fontconfig "lets Swing find fonts"
        miss fonts-dejavu-core "a font for Swing"
    elif [ -z "$(fc-list)" ]; then
        miss fonts-dejavu-core "a font for Swing"
    fi
}

miss() {
    say "missing: $1 ($2)"
    missing_packages+=("$1")
}

install_missing() {
    local as_root=()
    if ! command -v apt-get >/dev/null; then
        say "apt-get is not available. Install the equivalents of these packages: ${missing_packages[*]}"
        exit 2
    fi
    if [ "$(id -u)" -ne 0 ]; then
        if ! sudo -n true 2>/dev/null; then
            say "install it with:"
            say "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing_packages[*]}"
            exit 2
        fi
        as_root=(sudo -n)
    fi
    say "installing: ${missing_packages[*]}"
    "${as_root[@]}" apt-get -qq update >&2 || say "cannot update the package list; using the old one"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -y --no-install-recommends install "${missing_packages[@]}" >&2 || {
        say "apt-get install failed. Its output has the reason."
        exit 2
    }
    hash -r
}

say() {
    printf '%s\n' "$*" >&2
}
