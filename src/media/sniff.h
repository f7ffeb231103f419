// What bytes are, by looking at them (libmagic), and whether that fits what was said.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "core/messages/content.h"

namespace parley::media {

// Thread: any; one at a time inside.
class Sniffer {
 public:
  virtual ~Sniffer() = default;
  // The MIME type of content that starts with `head` (a few kilobytes are enough).
  virtual std::string TypeOf(std::string_view head) = 0;
};
// kUnavailable when libmagic's database is not there.
base::Result<std::unique_ptr<Sniffer>> MakeSniffer();

// The type that a message should carry: the sniffed one, or the declared one where sniffing is less
// precise (office documents look like zip archives, audio lies in video containers). A declared
// type that says nothing ("application/octet-stream") counts as none. kMediaWrongType with a
// sentence: the kind cannot carry it, or a web page came where a file was expected, or declared and
// sniffed types contradict each other.
base::Result<std::string> CheckType(std::string_view sniffed, std::string_view declared,
                                    std::optional<core::ContentKind> kind);

// The part of it that can be said before the bytes are there: whether a file that is declared as
// this type can be of the kind at all.
base::Result<void> CheckKind(std::string_view declared, core::ContentKind kind);

}  // namespace parley::media
