// Serves the dashboard: a page whose files are part of the program. Nobody is signed in here and
// nothing here is secret; what the page shows comes from the admin API, with its sessions.
//
//   GET /ui/...     a file; every other path below /ui/, but for /ui/assets/, is index.html, as the
//                   page has its own routes
//   GET /, /ui      redirect to /ui/
//
// Answers have a content security policy that lets the page load and call this server alone.
#pragma once

#include <memory>
#include <span>

#include "dashboard/files.h"
#include "http/message.h"

namespace parley::dashboard {

// Thread: any one. `files` outlives it. Without files everything is 404, with a sentence that says
// how to build them.
std::unique_ptr<http::Service> MakeService(std::span<const File> files);

}  // namespace parley::dashboard
