@echo off
rem Runs Ponder's command line, and builds it first when a source file is newer than the last build.
rem Needs a JDK 17 or later and Maven; JAVA_HOME is honoured. Maven's output goes to target\launcher\build.log.
setlocal EnableExtensions DisableDelayedExpansion
set "ROOT=%~dp0"
if "%ROOT:~-1%"=="\" set "ROOT=%ROOT:~0,-1%"
set "WORK=%ROOT%\target\launcher"
set "BUILD=%WORK%\windows"
set "STAMP=%WORK%\windows.stamp"

rem Paths such as "C:\Program Files (x86)" have a bracket, which would end a block: no path stands in one without quotes.
set "JAVA="
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME set "PATH=%JAVA_HOME%\bin;%PATH%"
if not defined JAVA for /f "delims=" %%J in ('where java 2^>nul') do if not defined JAVA set "JAVA=%%J"
if not defined JAVA (
  echo ponder: no Java found: there is no java on the PATH, and JAVA_HOME is not set.>&2
  echo Maybe install a JDK 17 or later, for instance from https://adoptium.net.>&2
  exit /b 2
)
if exist "%JAVA%" goto version
echo ponder: JAVA_HOME is "%JAVA_HOME%", which has no bin\java.exe.>&2
echo Maybe set it to the folder of a JDK 17 or later, or unset it.>&2
exit /b 2

:version
set "VERSION="
set "MAJOR=0"
for /f "tokens=3" %%V in ('java -version 2^>^&1 ^| findstr /c:" version "') do if not defined VERSION set "VERSION=%%~V"
for /f "delims=.-+ tokens=1" %%V in ("%VERSION%") do set "MAJOR=%%V"
if %MAJOR% GEQ 17 goto stale
echo ponder: "%JAVA%" is Java %VERSION%, and Ponder needs 17 or later.>&2
echo Maybe install a newer JDK, or set JAVA_HOME to one.>&2
exit /b 2

:stale
set "STALE=1"
if exist "%STAMP%" (
  set "STALE="
  for /f %%S in ('powershell -NoProfile -Command "Set-Location -LiteralPath $env:ROOT; $built = (Get-Item -LiteralPath $env:STAMP).LastWriteTimeUtc; $now = Get-ChildItem -Recurse -File -Path pom.xml, .mvn, *\pom.xml, *\src\main | Where-Object { $_.LastWriteTimeUtc -gt $built } | Select-Object -First 1; if ($now) { 'stale' }"') do set "STALE=1"
)
if not defined STALE goto run

where mvn >nul 2>nul
if errorlevel 1 (
  echo ponder: Maven is missing: there is no mvn on the PATH.>&2
  echo Maybe install it from https://maven.apache.org.>&2
  exit /b 2
)
echo Building Ponder (about a minute) ...>&2
if not exist "%WORK%" mkdir "%WORK%"
if exist "%BUILD%" rmdir /s /q "%BUILD%"
pushd "%ROOT%"
call mvn -q -B -ntp -P "!error-prone" -Dmaven.test.skip=true -Denforcer.skip=true "-Dponder.launcher=%BUILD%" package >"%WORK%\build.log" 2>&1
set "CODE=%ERRORLEVEL%"
popd
if "%CODE%"=="0" goto built
type "%WORK%\build.log" >&2
echo ponder: the build failed; its log is "%WORK%\build.log">&2
exit /b 1

:built
echo built>"%STAMP%"

:run
set "NATIVE="
if %MAJOR% GEQ 22 set "NATIVE=--enable-native-access=ALL-UNNAMED"
"%JAVA%" --add-modules jdk.incubator.vector -Djava.awt.headless=true %NATIVE% -cp "%BUILD%\app\*;%BUILD%\lib\*" io.ponder.examples.cli.Ponder %*
exit /b %ERRORLEVEL%
