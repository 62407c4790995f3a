# bash completion for drm-trace(1). Which recordings there are, `drm-trace complete` says.
_drm_trace() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local line=" ${COMP_WORDS[*]:1:COMP_CWORD-1} "
  COMPREPLY=()
  # "--clock=wall" is three words to bash.
  [[ $word == = ]] && word=
  [[ $before == = ]] && before=${COMP_WORDS[COMP_CWORD - 2]}
  case $before in
    --clock)
      mapfile -t COMPREPLY < <(compgen -W "relative monotonic wall" -- "$word")
      return ;;
    -o | --output)
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -f -- "$word")
      return ;;
    --around)
      mapfile -t COMPREPLY < <(compgen -W "missed last" -- "$word")
      return ;;
    --older-than)
      return ;;
  esac
  if [[ $line == *" run "* ]]; then
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -c -f -- "$word")
    return
  fi
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "--json --perfetto --svg --around --output --clock
      --no-kernel --no-protocol --older-than --dry-run --help --version" -- "$word")
    return
  fi
  mapfile -t COMPREPLY < <(drm-trace complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  # A recording may be a file as well.
  if [[ $line =~ \ (dump|tail|summary|export|check|why\ +[^ ]+)\  ]]; then
    compopt -o filenames
    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$word")
  fi
}
complete -F _drm_trace drm-trace
