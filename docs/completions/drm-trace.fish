# fish completion for drm-trace(1). Which recordings there are, `drm-trace complete` says.
function __drm_trace_ask
    set -l words (commandline -opc)
    drm-trace complete -- $words[2..-1] (commandline -ct) 2>/dev/null
end
function __drm_trace_first
    for word in (commandline -opc)[2..-1]
        contains -- $word list summary why dump tail export check run gc complete
        and return 1
    end
end

complete -c drm-trace -n 'not __fish_seen_subcommand_from dump tail summary export check why run' -f
complete -c drm-trace -n __drm_trace_first -a list -d 'The recordings there are'
complete -c drm-trace -n __drm_trace_first -a summary -d 'Did it stutter, and why'
complete -c drm-trace -n __drm_trace_first -a why -d 'The story of one frame'
complete -c drm-trace -n __drm_trace_first -a dump -d 'Every record'
complete -c drm-trace -n __drm_trace_first -a tail -d 'The last records and those to come'
complete -c drm-trace -n __drm_trace_first -a export -d 'The timeline'
complete -c drm-trace -n __drm_trace_first -a check -d 'Whether it is what the ring may do'
complete -c drm-trace -n __drm_trace_first -a run -d 'Run a command and record it'
complete -c drm-trace -n __drm_trace_first -a gc -d 'Remove what dead programs have left'
complete -c drm-trace -n __drm_trace_first -a complete -d 'What could come next'
complete -c drm-trace -n 'not __drm_trace_first' -a '(__drm_trace_ask)'

complete -c drm-trace -s j -l json -d 'JSON instead of text'
complete -c drm-trace -l perfetto -d 'With export: for ui.perfetto.dev'
complete -c drm-trace -l svg -d 'With export: a picture'
complete -c drm-trace -l around -x -a 'missed last' -d 'With export: only the time around a frame'
complete -c drm-trace -s o -l output -r -F -d 'With export and run: write here'
complete -c drm-trace -l clock -x -a 'relative monotonic wall' -d 'What times count from'
complete -c drm-trace -l no-kernel -d 'With run: without the events of the kernel'
complete -c drm-trace -l no-protocol -d 'With run: without the messages of the compositor'
complete -c drm-trace -l older-than -x -d 'With gc: only what is older'
complete -c drm-trace -s n -l dry-run -d 'With gc: only say what would be removed'
complete -c drm-trace -s h -l help -d 'Print help and end'
complete -c drm-trace -l version -d 'Print the version and end'
