/**
 * Puts the commit into the destination, on any POSIX shell. The text before it sets its variables, none of them secret.
 *
 * - Git fetches the commit by its name and, where the server does not serve bare commits, searches the ref for it.
 * - The worker of a pod is another user of the same group: it may write all that is made here.
 * - A termination message must be valid UTF-8 and short, and everybody who reads pods reads it: it is plain ASCII with the
 *   end of what git said, and a password that is part of a URL is taken out before the text is cut.
 * - A server may repeat what it was sent: lines with the credential are left out.
 * - Git does not always say that it failed because the disk is full, as where it could not write a ref.
 * - `try` learns the exit code through a file, because that of a pipeline is the one of its last command.
 * - In a limited download a commit below the tip of the ref has less history than was asked for, so that only all of it
 *   helps where it is searched.
 */
export const checkoutScript = `
set -f
umask 0002
outcome=\${1:-/dev/termination-log}
said=$folder/said
code_file=$folder/code
warnings_file=$folder/warnings
phase=prepare

ascii() {
  tr -c '\\n -~' '?' | sed 's/["\\\\]/\\\\&/g'
}
is_full() {
  df -Pk "$destination" | { read -r titles; read -r device total used free rest; [ "$free" -lt 16 ]; }
}
finish() {
  [ "$1" -eq 0 ] || ! is_full || echo 'no space left on device' >>"$said"
  warnings=$(head -c 1700 "$warnings_file" | ascii | sed 's/.*/"&"/' | tr '\\n' , | sed 's/,$//')
  stderr=$(tail -c 1700 "$said" | ascii | sed 's/$/\\\\n/' | tr -d '\\n')
  [ "$1" -ne 0 ] || stderr=
  printf '{"phase":"%s","warnings":[%s],"stderr":"%s"}\\n' "$phase" "$warnings" "$stderr" >"$outcome"
  rm -f "$said" "$code_file" "$warnings_file"
  exit "$1"
}
speakable() {
  if [ -s "$unspeakable" ]; then grep -vFf "$unspeakable"; else cat; fi
}
try() {
  code=1
  : >"$code_file"
  { "$@" 2>&1; echo $? >"$code_file"; } | sed 's,//[^/@ ]*:[^/@ ]*@,//[redacted]@,g' | speakable | tail -c 1700 >"$said"
  read -r code <"$code_file" || code=1
  return "$code"
}
persist() {
  for pause in 1 3 9; do
    try "$@" && return
    grep -Eq "$refused" "$said" && return 1
    grep -Eiq "$passing" "$said" || return
    sleep "$pause"
  done
  try "$@"
}
bare_commit_refused() {
  grep -Eq "$bare_commit_refused" "$said"
}

: >"$warnings_file"
: >"$said"
if [ ! -e "$GIT_CONFIG_GLOBAL" ]; then
  echo 'the files of the program are not there: it has succeeded before, or they were never delivered' >"$said"
  finish 1
fi
if command -v git-lfs >/dev/null; then
  GIT_CONFIG_GLOBAL=$gitconfig_with_lfs
  lfs=yes
else
  lfs=no
fi
try find "$destination" -mindepth 1 -maxdepth 1 -exec rm -rf {} + || finish 1
cd "$destination" || finish 1
try git init --quiet --initial-branch=main --object-format="$format" || finish 1
try git remote add origin "$url" || finish 1

fetch() {
  persist git $fetch "$@"
}
is_fetched() {
  [ "$(git rev-parse --verify --quiet "$1^{commit}")" = "$commit" ]
}
search() {
  if [ -n "$limit" ]; then
    fetch "$limit" -- "$url" "+$ref:$fetched" || return
    is_fetched "$fetched" && return
  fi
  fetch \${limit:+--depth=2147483647} -- "$url" "+$ref:$fetched" $tags || return
  is_fetched "$commit"
}
phase=fetch
if ! fetch $limit -- "$url" "+$commit:$fetched" $tags; then
  bare_commit_refused || finish 1
  if ! search; then
    [ "$code" -ne 0 ] && ! bare_commit_refused || phase=search
    finish 1
  fi
fi

phase=checkout
try git checkout --quiet --force --detach "$commit" || finish 1
try git update-ref -d "$fetched" || finish 1

update() {
  persist git submodule --quiet update --init --recursive --force --jobs 4 "$@"
}
update_without_limit() {
  try git submodule --quiet deinit --force --all && try rm -rf .git/modules && update
}
if [ "$submodules" = yes ] && { [ -e .gitmodules ] || [ -L .gitmodules ]; }; then
  phase=submodules
  (cd "$folder" && rm -f $not_for_submodules)
  update $limit || { [ -n "$limit" ] && bare_commit_refused && update_without_limit; } || finish 1
fi

look_for_lfs='if eval "$search_lfs"; then echo "$(git config remote.origin.url) $pointers_only"; fi'
if [ "$lfs" = no ]; then
  export search_lfs pointers_only
  eval "$look_for_lfs" >"$warnings_file"
  [ "$submodules" = no ] || git submodule --quiet foreach --recursive "$look_for_lfs" >>"$warnings_file"
fi
phase=done
cd "$folder" && rm -f $private_files
finish 0
`;
