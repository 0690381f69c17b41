# Run by ctest: cmake -DREADELF=... -DPROGRAMS=a;b;c [-DCACHE=CMakeCache.txt] -P CheckNoQt.cmake
# Fails when a program needs a Qt library, or when the cache shows that a Qt package was found.
set(checked 0)
foreach(program IN LISTS PROGRAMS)
    execute_process(COMMAND ${READELF} -d ${program}
        OUTPUT_VARIABLE dynamic ERROR_VARIABLE error RESULT_VARIABLE status)
    if(NOT status EQUAL 0 OR NOT dynamic MATCHES "NEEDED")
        message(SEND_ERROR "${program}: cannot read which libraries it needs: ${error}")
        continue()
    endif()
    if(dynamic MATCHES "\\[(lib(Qt[0-9]|QCustomPlot|qcustomplot)[^]]*)\\]")
        message(SEND_ERROR "${program} links ${CMAKE_MATCH_1}; core and its tests must not need Qt.")
    endif()
    math(EXPR checked "${checked} + 1")
endforeach()

if(CACHE)
    file(STRINGS ${CACHE} found REGEX "^(Qt6|QT)[A-Za-z0-9_]*_DIR:[A-Z]+=.*/Qt")
    if(found)
        message(SEND_ERROR "A build without the window has found Qt: ${found}")
    endif()
endif()

message(STATUS "${checked} programs link no Qt")
