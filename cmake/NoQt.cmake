# pyrena_add_no_qt_test(name directories...): a test that no program built in these directories (and below) links Qt.
# The programs are collected from the targets, so a new one is checked without being listed anywhere.

function(pyrena_executables_below directory out)
    set(found "")
    get_property(targets DIRECTORY ${directory} PROPERTY BUILDSYSTEM_TARGETS)
    foreach(target IN LISTS targets)
        get_target_property(type ${target} TYPE)
        if(type STREQUAL "EXECUTABLE")
            list(APPEND found ${target})
        endif()
    endforeach()
    get_property(subdirectories DIRECTORY ${directory} PROPERTY SUBDIRECTORIES)
    foreach(subdirectory IN LISTS subdirectories)
        pyrena_executables_below(${subdirectory} below)
        list(APPEND found ${below})
    endforeach()
    set(${out} ${found} PARENT_SCOPE)
endfunction()

function(pyrena_add_no_qt_test name)
    set(programs "")
    foreach(directory IN LISTS ARGN)
        pyrena_executables_below(${directory} targets)
        foreach(target IN LISTS targets)
            list(APPEND programs $<TARGET_FILE:${target}>)
        endforeach()
    endforeach()
    if(NOT programs OR NOT CMAKE_READELF)   # no ELF: macOS
        return()
    endif()
    add_test(NAME ${name}
        COMMAND ${CMAKE_COMMAND} "-DREADELF=${CMAKE_READELF}" "-DPROGRAMS=${programs}"
                "-DCACHE=$<$<NOT:$<BOOL:${PYRENA_GUI}>>:${CMAKE_BINARY_DIR}/CMakeCache.txt>"
                -P ${PROJECT_SOURCE_DIR}/cmake/CheckNoQt.cmake)
endfunction()
