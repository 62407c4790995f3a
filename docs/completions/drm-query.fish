# fish completion for drm-query(1). What there is on the device, `drm-query complete` says.
function __drm_query_ask
    set -l words (commandline -opc)
    # The word at the cursor still has its quotes; an open one is none that "unescape" takes.
    set -l last (string unescape -- (commandline -ct))
    or set last (string replace -r '^["\']' '' -- (commandline -ct))
    drm-query complete -- $words[2..-1] "$last" 2>/dev/null
end
function __drm_query_paths
    __drm_query_ask | string match -vr '^(list|tree|show|get|formats|graph|explain|diff|watch|shell|complete)$'
end
# After "--device " and after "--device=": once in front is enough.
function __drm_query_device
    set -l words (commandline -opc | string match -vr '^(-d|--device)$')
    drm-query complete -- $words[2..-1] --device '' 2>/dev/null
end
function __drm_query_first
    for word in (commandline -opc)[2..-1]
        contains -- $word list tree show get formats graph explain diff watch shell complete
        and return 1
    end
end

complete -c drm-query -n 'not __fish_seen_subcommand_from diff' -f
complete -c drm-query -n __drm_query_first -a list -d 'What is connected, at what mode, through what'
complete -c drm-query -n __drm_query_first -a tree -d 'Everything'
complete -c drm-query -n __drm_query_first -a show -d 'One object'
complete -c drm-query -n __drm_query_first -a get -d 'One value'
complete -c drm-query -n __drm_query_first -a formats -d 'Which planes take which format and modifier'
complete -c drm-query -n __drm_query_first -a graph -d 'How things are connected'
complete -c drm-query -n __drm_query_first -a explain -d 'What a property means'
complete -c drm-query -n __drm_query_first -a diff -d 'What is different'
complete -c drm-query -n __drm_query_first -a watch -d 'Changes as they happen'
complete -c drm-query -n __drm_query_first -a shell -d 'All of these at a prompt'
complete -c drm-query -n __drm_query_first -a complete -d 'What could come next'
complete -c drm-query -n 'not __fish_seen_subcommand_from diff' -a '(__drm_query_paths)'

complete -c drm-query -s d -l device -x -a '(__drm_query_device)' -d 'Only this device'
complete -c drm-query -s f -l from -r -F -d 'A saved report'
complete -c drm-query -l probe -d 'Ask the hardware anew'
complete -c drm-query -s j -l json -d 'JSON instead of text'
complete -c drm-query -l raw -d 'With get: the bare number or the bytes'
complete -c drm-query -l possible -d 'With graph: also what could be routed'
complete -c drm-query -l interval -x -d 'With watch: seconds between looks'
complete -c drm-query -l ascii -d 'No characters beyond ASCII'
complete -c drm-query -l color -x -a 'auto always never' -d 'When to use colours'
complete -c drm-query -s h -l help -d 'Print help and end'
complete -c drm-query -l version -d 'Print the version and end'
