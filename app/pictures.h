#pragma once

#include "app/cli/cli.h"

namespace pyrena {

// Writes the pictures of `pyrena export`. Starts Qt on its offscreen platform, so that no display is needed.
int exportPictures(int argc, char **argv, const cli::ExportRequest &request, cli::Streams &streams);

} // namespace pyrena
