#!/usr/bin/env bash
# The proof that a bare Debian 12 needs one line of packages and one command: `make run`, twice, in a new system in a folder.
#
#   tests/drills/bare.sh [--test] [MIRROR]
#
# Needs root and debootstrap. --test runs `make test` in there as well. MIRROR is a Debian mirror, debootstrap's own without it.
# Taken along from this machine: the environment's variables, name resolution, and certificates and pip's settings if there
# are any, so that downloads work wherever they work here. The network is this machine's too: if its port is taken, say
# HAIDANG_PORT=18080 before the command. What is tried is what is committed.
set -euo pipefail

packages="python3 python3-venv make git ca-certificates"

root=$(cd "$(dirname "$0")/../.." && pwd)
place=/root/haidang # a folder that nobody but root can enter: the hardest place for the tests' PostgreSQL
patience=300

main() {
    local with_tests=
    if [[ ${1:-} == --test ]]; then
        with_tests=yes
        shift
    fi
    if [[ $(id -u) != 0 ]] || ! command -v debootstrap >/dev/null; then
        echo "this drill needs root and debootstrap" >&2
        exit 2
    fi
    if [[ -z ${DRILL_SYSTEM:-} ]]; then
        outside "$with_tests" "$@"
    else
        inside "$with_tests"
    fi
}

# Make the folder, and do the rest in namespaces of its own: no mount and no process can outlive the drill.
outside() {
    local with_tests=$1 mirror=${2:-}
    system=$(mktemp -d "${TMPDIR:-/tmp}/haidang-bare.XXXXXX")
    trap 'rm -rf --one-file-system "$system"' EXIT
    trap 'exit 130' INT TERM HUP
    chmod 755 "$system"
    echo "== a bare Debian 12 in $system"
    begin
    debootstrap --variant=minbase bookworm "$system" ${mirror:+"$mirror"} >"$system.log" 2>&1 || {
        tail -n 20 "$system.log" >&2
        rm -f "$system.log"
        exit 1
    }
    rm -f "$system.log"
    took "debootstrap"
    DRILL_SYSTEM=$system unshare --mount --pid --fork --kill-child "$0" ${with_tests:+--test}
}

inside() {
    local with_tests=$1
    system=$DRILL_SYSTEM
    unset DRILL_SYSTEM
    enter=(
        env -u TMPDIR -u VIRTUAL_ENV -u PIP_FIND_LINKS HOME=/root LANG=C.UTF-8
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin chroot "$system"
    )
    mount -t proc proc "$system/proc"
    mount -t sysfs -o ro sysfs "$system/sys"
    mkdir -p "$system/dev/shm" "$system/mnt/source"
    mount -t tmpfs -o mode=1777 tmpfs "$system/dev/shm"
    mount --bind -o ro "$root" "$system/mnt/source"
    take_along
    begin
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086 # a list of words
    { in_it apt-get update && in_it apt-get install -y --no-install-recommends $packages; } >"$system/apt.log" 2>&1 || {
        tail -n 20 "$system/apt.log" >&2
        exit 1
    }
    trust
    took "apt-get install $packages"

    in_it git -c safe.directory=/mnt/source/.git clone --quiet /mnt/source "$place"
    echo "== commit $(in_it git -C "$place" log -1 --format='%h %s')"
    umount "$system/mnt/source"

    start_and_stop first
    start_and_stop second
    if [[ -n $with_tests ]]; then
        begin
        in_it make -C "$place" --no-print-directory test
        took "make test"
    fi
}

in_it() {
    "${enter[@]}" "$@"
}

# Name resolution, proxies' certificates, pip's settings for the machine, and the cases: each if it is there.
take_along() {
    local file
    for file in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/apt/apt.conf.d/*proxy*; do
        if [[ -f $file ]]; then
            mkdir -p "$system${file%/*}"
            cp -L "$file" "$system$file"
        fi
    done
    trust
    if [[ -d ${HAIDANG_CASES:-} ]]; then
        mkdir -p "$system$HAIDANG_CASES"
        mount --bind -o ro "$HAIDANG_CASES" "$system$HAIDANG_CASES"
    fi
}

trust() {
    local file
    mkdir -p "$system/usr/local/share/ca-certificates" "$system/etc/ssl/certs"
    for file in /usr/local/share/ca-certificates/*.crt; do
        if [[ -f $file ]]; then
            cp -L "$file" "$system/usr/local/share/ca-certificates/"
        fi
    done
    if [[ -x $system/usr/sbin/update-ca-certificates ]]; then
        in_it update-ca-certificates >/dev/null 2>&1
    elif [[ -f /etc/ssl/certs/ca-certificates.crt ]]; then
        cp -L /etc/ssl/certs/ca-certificates.crt "$system/etc/ssl/certs/"
    fi
}

# Run `make run` until it prints its address, ask it whether it is well, and end it as a service manager would.
start_and_stop() {
    local said=$system/run.log service url status
    begin
    : >"$said"
    # Not through a function: the process id has to be make's own.
    "${enter[@]}" make -C "$place" --no-print-directory run >"$said" 2>&1 </dev/null &
    service=$!
    until url=$(grep -oEm1 'https?://[^ /]+:[0-9]+' "$said"); do
        if ! kill -0 "$service" 2>/dev/null || ((SECONDS - began_second > patience)); then
            echo "== no address after $((SECONDS - began_second)) s:" >&2
            tail -n 40 "$said" >&2
            exit 1
        fi
        sleep 0.05
    done
    took "the $1 start, until $url was printed"
    in_it python3 - "${url##*:}" <<'PYTHON'
import sys
import urllib.request

with urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/healthz", timeout=30) as answer:
    print(f"== /healthz: {answer.status} {answer.read(200).decode().strip()}")
PYTHON
    kill -TERM "$service"
    status=0
    wait "$service" || status=$?
    if listens "${url##*:}"; then
        echo "== it still listens after SIGTERM" >&2
        exit 1
    fi
    echo "== stopped by SIGTERM (make's status: $status)"
}

# Say whether somebody still listens on a port after ten seconds at most.
listens() {
    for _ in {1..100}; do
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then
            return 1
        fi
        sleep 0.1
    done
}

begin() {
    began=$(date +%s%N)
    began_second=$SECONDS
}

took() {
    local milliseconds=$((($(date +%s%N) - began) / 1000000))
    printf '== %d.%01d s: %s\n' $((milliseconds / 1000)) $((milliseconds % 1000 / 100)) "$1"
}

main "$@"
