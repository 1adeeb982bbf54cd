# Completion of `ora` for fish 3.1 and later. Save it as ~/.config/fish/completions/ora.fish, or for this session:
#     ora completion fish | source

function __ora_complete
    set -l program (commandline -opc)[1]
    set -l answer (_ORA_COMPLETE=complete_fish _ORA_LINE=(commandline -cp) $program 2>/dev/null)
    switch "$answer[1]"
        case files
            # What fish offers as an argument of a command that it knows nothing about.
            complete --do-complete "'' "(commandline -ct)
        case words
            printf '%s\n' $answer[2..]
    end
end

complete --command ora --no-files --keep-order --arguments '(__ora_complete)'
