# Settings every target shares, and the two helpers that add tests.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release)
endif()

find_program(PYRENA_CCACHE ccache)
if(PYRENA_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${PYRENA_CCACHE})
endif()

add_library(pyrena_options INTERFACE)
target_compile_options(pyrena_options INTERFACE -Wall -Wextra -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # False alarms in std::string's operator+ and insert (GCC bug 105651).
    target_compile_options(pyrena_options INTERFACE -Wno-restrict)
endif()
target_include_directories(pyrena_options INTERFACE ${CMAKE_CURRENT_SOURCE_DIR})
if(PYRENA_SANITIZE)
    target_compile_options(pyrena_options INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer
                                                    -fno-sanitize-recover=all)
    target_link_options(pyrena_options INTERFACE -fsanitize=address,undefined)
endif()

if(PYRENA_FUZZ)
    target_compile_options(pyrena_options INTERFACE -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -g1)
    target_link_options(pyrena_options INTERFACE -fsanitize=address,undefined)
endif()

# pyrena_add_core_test(tst_name sources...): a doctest program that links core only, so that core is tested without Qt.
function(pyrena_add_core_test name)
    add_executable(${name} ${ARGN})
    target_link_libraries(${name} PRIVATE pyrena_core pyrena_doctest_main)
    target_compile_definitions(${name} PRIVATE PYRENA_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data"
                                               PYRENA_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME ${name} COMMAND ${name})
endfunction()

# Qt warns about a runtime directory that is missing or open to others, and a warning fails a test.
set(PYRENA_RUNTIME_DIR ${CMAKE_BINARY_DIR}/runtime)
file(MAKE_DIRECTORY ${PYRENA_RUNTIME_DIR})
file(CHMOD ${PYRENA_RUNTIME_DIR} PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)

# pyrena_add_test(tst_name sources...): a Qt Test program, run on the offscreen platform.
function(pyrena_add_test name)
    add_executable(${name} ${ARGN})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_link_libraries(${name} PRIVATE pyrena_ui Qt6::Test)
    target_compile_definitions(${name} PRIVATE PYRENA_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data"
                                               PYRENA_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_LOGGING_RULES=qt.qpa.*=false;XDG_RUNTIME_DIR=${PYRENA_RUNTIME_DIR}"
        TIMEOUT 300)
endfunction()
