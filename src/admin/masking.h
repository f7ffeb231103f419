// Keys in what is shown to people: their values become "***". It goes by the names of parameters
// and members, so that it also works on a body that is cut. Pure. Thread: any.
#pragma once

#include <string>
#include <string_view>

namespace parley::admin {

// Of "a=b&token=secret", as it stands in a URL or a form.
std::string MaskForm(std::string_view form);
// A path with its query. Links that are a key by themselves lose their last segment.
std::string MaskTarget(std::string_view target);
// Of JSON text: string members with the name of a key, at any depth.
std::string MaskJson(std::string_view json);

}  // namespace parley::admin
