# bash completion for drm-query(1). What there is on the device, `drm-query complete` says.

# Sets `words` to the words up to the cursor, without their quotes: bash's own list is cut at each
# "=" and ":" as well, which PCI slots and --device=NAME contain.
_drm_query_words() {
  local i rest=${COMP_LINE:0:COMP_POINT} piece
  words=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    piece=${COMP_WORDS[i]}
    [[ $rest == [[:blank:]]* || $i == 0 ]] && words+=("")
    rest=${rest#"${rest%%[![:blank:]]*}"}
    rest=${rest#"$piece"}
    words[-1]+=$piece
  done
  quote=${words[-1]:0:1}
  [[ $quote == [\"\'] ]] || quote=
  for i in "${!words[@]}"; do
    piece=${words[i]}
    case $piece in
      \'*) piece=${piece#\'} piece=${piece%\'} ;;
      \"*) piece=${piece#\"} piece=${piece%\"} ;;
      *) piece=${piece//\\/} ;;
    esac
    words[i]=$piece
  done
}

# Sets COMPREPLY to what the program offers, quoted as the user has begun to.
_drm_query_ask() {
  local each last=${COMP_WORDS[COMP_CWORD]} kept
  [[ $last == [=:] ]] && last=
  # bash replaces only what follows the last "=" or ":".
  kept=${words[-1]}
  [[ $quote ]] && kept= || kept=${kept%"${last//\\/}"}
  while IFS= read -r each; do
    [[ $each == *. ]] && compopt -o nospace
    each=${each#"$kept"}
    [[ $quote ]] || printf -v each %q "$each"
    COMPREPLY+=("$each")
  done < <(drm-query complete -- "${words[@]:1}" 2>/dev/null)
}

_drm_query_files() {
  compopt -o filenames
  mapfile -t COMPREPLY < <(compgen -f -- "${words[-1]#--from=}")
}

_drm_query() {
  local words quote
  COMPREPLY=()
  _drm_query_words
  case ${words[-1]} in
    --from=*)
      _drm_query_files
      return ;;
    --color=* | --device=*)
      _drm_query_ask
      return ;;
    -*)
      mapfile -t COMPREPLY < <(compgen -W "--device --from --probe --json --raw --possible
        --interval --ascii --color --help --version" -- "${words[-1]}")
      return ;;
  esac
  case ${words[-2]} in
    -f | --from)
      _drm_query_files
      return ;;
    --interval)
      return ;;
  esac
  if [[ " ${words[*]:1} " == *" diff "* ]]; then
    _drm_query_files
  else
    _drm_query_ask
  fi
}
complete -F _drm_query drm-query
