@rem cmd.exe finds this file for the "exec node ..." of package.json, because it looks in the current folder first.
@rem Elsewhere exec is a word of the shell, and this file is not used.
@node "%~dp0sandbox\bootstrap\refuse-windows.mjs"
@exit /b 1
