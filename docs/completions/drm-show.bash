# bash completion for drm-show(1)
_drm_show() {
  local cur prev
  cur=${COMP_WORDS[COMP_CWORD]}
  prev=${COMP_WORDS[COMP_CWORD - 1]}
  case $prev in
    -p | --pattern)
      mapfile -t COMPREPLY < <(compgen -W "$(drm-show --list-patterns 2>/dev/null | cut -d' ' -f1)" -- "$cur")
      return ;;
    --shader)
      mapfile -t COMPREPLY < <(compgen -W "$(drm-show --list-shaders 2>/dev/null | cut -d' ' -f1)" -- "$cur"; compgen -f -- "$cur")
      return ;;
    --model | --texture)
      mapfile -t COMPREPLY < <(compgen -f -- "$cur")
      return ;;
    --scene)
      mapfile -t COMPREPLY < <(compgen -W "room" -- "$cur")
      return ;;
    --render)
      mapfile -t COMPREPLY < <(compgen -W "auto cpu vulkan" -- "$cur")
      return ;;
    --gpu)
      mapfile -t COMPREPLY < <(compgen -W "software" -- "$cur")
      return ;;
    --backend)
      mapfile -t COMPREPLY < <(compgen -W "auto kms wayland headless" -- "$cur")
      return ;;
    --fit)
      mapfile -t COMPREPLY < <(compgen -W "contain cover stretch none" -- "$cur")
      return ;;
    -m | --mode)
      mapfile -t COMPREPLY < <(compgen -W "preferred highest $(drm-show --list-modes 2>/dev/null | awk '/^ *#/ {print $2}')" -- "$cur")
      return ;;
    -o | --output)
      mapfile -t COMPREPLY < <(compgen -W "$(drm-show --list-modes 2>/dev/null | sed -n 's/^\([A-Za-z-]*-[0-9]*\):.*/\1/p')" -- "$cur")
      return ;;
    -d | --device)
      mapfile -t COMPREPLY < <(compgen -W "$(echo /dev/dri/card*)" -- "$cur")
      return ;;
    --present)
      mapfile -t COMPREPLY < <(compgen -W "fifo mailbox async" -- "$cur")
      return ;;
    --fps)
      mapfile -t COMPREPLY < <(compgen -W "max" -- "$cur")
      return ;;
    --buffers)
      mapfile -t COMPREPLY < <(compgen -W "2 3 4 5 6 7 8" -- "$cur")
      return ;;
    --rotate)
      mapfile -t COMPREPLY < <(compgen -W "0 90 180 270" -- "$cur")
      return ;;
    --tty)
      mapfile -t COMPREPLY < <(compgen -W "free 1 2 3 4 5 6 7 8" -- "$cur")
      return ;;
    --seat)
      mapfile -t COMPREPLY < <(compgen -W "auto direct libseat" -- "$cur")
      return ;;
    --hotplug)
      mapfile -t COMPREPLY < <(compgen -W "follow ignore" -- "$cur")
      return ;;
    --screenshot-dir | --output-dir)
      mapfile -t COMPREPLY < <(compgen -d -- "$cur")
      return ;;
    --record)
      mapfile -t COMPREPLY < <(compgen -W "off 64K 256K 1M 4M 16M 64M" -- "$cur")
      return ;;
    --ring-log)
      mapfile -t COMPREPLY < <(compgen -f -- "$cur")
      return ;;
    --background | --set | --frames | -t | --duration)
      return ;;
  esac
  if [[ $cur == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "--pattern --list-patterns --fit --background --rotate --no-label
      --shader --list-shaders --model --texture --scene --render --gpu --backend --fullscreen --output-dir
      --output --mode --list-modes --set --present --buffers --fps --frames --mirror --vrr --overlay
      --stats --stats=json --record --ring-log --device --legacy --dry-run --tty --no-vt --seat --rescue --hotplug
      --wait --no-keys --screenshot-dir --duration --verbose --help --version" -- "$cur")
    return
  fi
  mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}
complete -o filenames -F _drm_show drm-show
