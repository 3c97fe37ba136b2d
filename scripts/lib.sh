# shellcheck shell=bash
# What the scripts of this folder share; sourced, never run. Sets `root`, the checkout.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
self=${0#"$root"/}

say() { printf '%s\n' "$*"; }
step() { printf '\n==> %s\n' "$*"; }
fail() {
  printf '%s: %s\n' "$self" "$*" >&2
  exit 1
}

# Sets as_root to the prefix of a command that needs root. Fails if there is no way.
need_root() {
  as_root=()
  [ "$(id -u)" -eq 0 ] && return
  command -v sudo >/dev/null || return 1
  # Without a terminal sudo could only hang or fail later, in the middle of something.
  [ -t 0 ] || sudo -n true 2>/dev/null || return 1
  as_root=(sudo)
}

# A package is written "a|b|c": any of them is enough, and the first available one is installed.
is_installed() {
  local name status
  for name in ${1//|/ }; do
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$name" 2>/dev/null) || continue
    [[ $status == installed* ]] && return # once for each architecture
  done
  return 1
}

first_available() {
  local name
  for name in ${1//|/ }; do
    LC_ALL=C apt-cache policy "$name" 2>/dev/null | grep '^  Candidate: [^(]' >/dev/null && echo "$name" && return
  done
  return 1
}

# Once in a run, and only if something must be fetched.
apt_updated=
apt_update() {
  [ -z "$apt_updated" ] || return 0
  need_root || fail "apt-get update needs root, or sudo"
  say "apt-get update"
  "${as_root[@]}" apt-get -q -o DPkg::Lock::Timeout=300 update || say "apt-get update failed; going on with the lists there are"
  apt_updated=yes
}

# install_packages PACKAGE... installs what dpkg does not know yet. It never removes a package: if one would
# replace another, the owner of the machine must decide.
install_packages() {
  local package name wanted=() names=()
  for package in "$@"; do is_installed "$package" || wanted+=("$package"); done
  if [ ${#wanted[@]} -eq 0 ]; then
    say "all $# packages are installed"
    return
  fi
  command -v apt-get >/dev/null ||
    fail "there is no apt-get here. Install what these Debian packages hold, then set INVITED_SKIP_DEPS=1: ${wanted[*]}"
  need_root || fail "neither root nor sudo. Let somebody install these packages: ${wanted[*]}"

  apt_update
  for package in "${wanted[@]}"; do
    name=$(first_available "$package") || fail "no package repository of this machine has ${package//|/ or }"
    names+=("$name")
  done
  say "installing ${names[*]}"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
    apt-get -q -y --no-install-recommends --no-remove -o DPkg::Lock::Timeout=300 install "${names[@]}" </dev/null ||
    fail "apt-get could not install ${names[*]} (see above)"
}

# How many compilers may run at a time: one on each core, but each may take 1.5 GB (Beast with sanitizers).
jobs_here() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemAvailable:/ { print int($2 / 1572864) }' /proc/meminfo)
  [ "${memory:-0}" -ge "$cores" ] && echo "$cores" || echo $((memory > 1 ? memory : 1))
}

configure() {
  step "Configuring preset $1"
  (cd "$root" && cmake --preset "$1") || fail "preset $1 could not be configured"
}

# build PRESET [cmake --build arguments]: configures and builds it; ninja shows the progress.
build() {
  local jobs preset=$1
  shift
  jobs=$(jobs_here)
  configure "$preset"
  step "Building preset $preset with $jobs jobs, into build/$preset"
  (cd "$root" && cmake --build --preset "$preset" --parallel "$jobs" "$@") || fail "preset $preset did not build"
}

# shellcheck disable=SC2034 # for whoever sources this
# Sets without_aslr to what stands before a program with sanitizers: those of GCC 12 and clang 14 cannot find room for
# their shadow memory where the kernel randomises addresses by more than 28 bits, as newer ones do.
prefer_no_aslr() {
  without_aslr=()
  if setarch -R true 2>/dev/null; then without_aslr=(setarch -R); fi
}
