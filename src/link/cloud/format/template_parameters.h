// The parameters of a template, which the core keeps in Meta's own form, with the files in them
// named as Meta knows them. Pure. Part of content_out.h.
#pragma once

#include <string_view>
#include <vector>

#include "base/json.h"
#include "core/messages/content.h"
#include "link/cloud/format/content_out.h"

namespace parley::link::cloud::format {

// {"id": ...} or {"link": ...}.
base::json::object FileObject(const MediaHandle& file);

// {"type": "image", "image": {...}}: a header with a file, of buttons or of a template.
base::json::object FileParameter(core::ContentKind kind, const MediaHandle& file,
                                 std::string_view file_name);

// `components` of the message: as they were given, but with `files` (the header's, then the cards')
// in place of whatever the program named them by, and with what Meta wants written otherwise.
base::json::array ParametersOf(const core::TemplateContent& content,
                               const std::vector<MediaHandle>& files);

}  // namespace parley::link::cloud::format
