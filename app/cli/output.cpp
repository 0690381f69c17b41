#include "app/cli/output.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <ostream>

namespace pyrena::cli {

Result<std::monostate> writeWhole(const std::string &file, std::string_view bytes, std::ostream &out)
{
    if (file == "-") {
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return std::monostate{};
    }
    const std::string beside = file + ".part";
    {
        std::ofstream stream(beside, std::ios::binary | std::ios::trunc);
        if (!stream)
            return Error{file + ": cannot be written: " + std::strerror(errno)};
        stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        stream.flush();
        if (!stream) {
            const std::string reason = std::strerror(errno);
            stream.close();
            std::error_code ignored;
            std::filesystem::remove(beside, ignored);
            return Error{file + ": cannot be written: " + reason};
        }
    }
    std::error_code error;
    std::filesystem::rename(beside, file, error);
    if (error) {
        std::error_code ignored;
        std::filesystem::remove(beside, ignored);
        return Error{file + ": cannot be written: " + error.message()};
    }
    return std::monostate{};
}

} // namespace pyrena::cli
