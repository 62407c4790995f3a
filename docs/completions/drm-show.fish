# fish completion for drm-show(1)
function __drm_show_patterns
    drm-show --list-patterns 2>/dev/null | string replace -r ' +' '\t'
end
function __drm_show_shaders
    drm-show --list-shaders 2>/dev/null | string replace -r ' +' '\t'
end
function __drm_show_modes
    printf '%s\n' preferred highest
    drm-show --list-modes 2>/dev/null | string match -rg '^ *#\d+ +(\S+)'
end
function __drm_show_outputs
    drm-show --list-modes 2>/dev/null | string match -rg '^([A-Za-z-]+-\d+):'
end

complete -c drm-show -s p -l pattern -x -a '(__drm_show_patterns)' -d 'Show a test pattern'
complete -c drm-show -l list-patterns -d 'List the test patterns and end'
complete -c drm-show -l fit -x -a 'contain cover stretch none' -d 'How a picture fits the screen'
complete -c drm-show -l background -x -d 'Colour around and behind it'
complete -c drm-show -l rotate -x -a '0 90 180 270' -d 'Turn it clockwise, in degrees'
complete -c drm-show -l no-label -d 'No label on test patterns'
complete -c drm-show -l shader -r -a '(__drm_show_shaders)' -d 'A shader: built in, or a file'
complete -c drm-show -l list-shaders -d 'List the built-in shaders and end'
complete -c drm-show -l model -r -d 'A 3D model that turns'
complete -c drm-show -l texture -r -d 'A picture to put on the model'
complete -c drm-show -l scene -x -a room -d 'A built-in scene'
complete -c drm-show -l render -x -a 'auto cpu vulkan' -d 'Who draws'
complete -c drm-show -l gpu -x -a software -d 'Which GPU'
complete -c drm-show -l backend -x -a 'auto kms wayland headless' -d 'Where frames go'
complete -c drm-show -l fullscreen -d 'A window fills its screen'
complete -c drm-show -l output-dir -x -a '(__fish_complete_directories)' -d 'Where headless frames go'
complete -c drm-show -s o -l output -x -a '(__drm_show_outputs)' -d 'Only these outputs'
complete -c drm-show -s m -l mode -x -a '(__drm_show_modes)' -d 'The mode'
complete -c drm-show -s l -l list-modes -d 'List outputs and modes and end'
complete -c drm-show -l set -x -d 'Set a KMS property too'
complete -c drm-show -l present -x -a 'fifo mailbox async' -d 'Which frames are shown, and when'
complete -c drm-show -l buffers -x -a '2 3 4 5 6 7 8' -d 'Framebuffers for each output'
complete -c drm-show -l fps -x -a max -d 'Frames a second'
complete -c drm-show -l frames -x -d 'End when each output has shown so many'
complete -c drm-show -l mirror -d 'Outputs show the same framebuffers'
complete -c drm-show -l vrr -d 'Let the display follow the frames'
complete -c drm-show -l overlay -d 'Draw rate and latency into the picture'
complete -c drm-show -l stats -f -a 'text json' -d 'Tell how the frames fared'
complete -c drm-show -l ring-log -r -d 'Write each step to a file'
complete -c drm-show -s d -l device -x -a '/dev/dri/card*' -d 'The device'
complete -c drm-show -l legacy -d 'Set modes without atomic mode setting'
complete -c drm-show -s n -l dry-run -d 'Ask the driver and end'
complete -c drm-show -l tty -x -a 'free 1 2 3 4 5 6 7 8' -d 'Show it on this virtual terminal'
complete -c drm-show -l no-vt -d 'Leave virtual terminals alone'
complete -c drm-show -l seat -x -a 'auto direct libseat' -d 'Who gives us the display'
complete -c drm-show -l rescue -d 'Bring back a dead console and end'
complete -c drm-show -l hotplug -x -a 'follow ignore' -d 'Displays that are plugged in'
complete -c drm-show -l wait -d 'Wait for a display'
complete -c drm-show -l no-keys -d 'Take no keys'
complete -c drm-show -l screenshot-dir -x -a '(__fish_complete_directories)' -d 'Where screenshots go'
complete -c drm-show -s t -l duration -x -d 'End after so many seconds'
complete -c drm-show -s v -l verbose -d 'Say more'
complete -c drm-show -s h -l help -d 'Print help and end'
complete -c drm-show -l version -d 'Print the version and end'
