#include "wire/binary/inflate.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>

namespace parley::wire::binary {
namespace {

struct Inflater {
  Inflater() {
    if (::inflateInit(&stream) != Z_OK) std::abort();  // only for want of memory
  }
  ~Inflater() { ::inflateEnd(&stream); }
  z_stream stream{};
};

Bytef* Input(std::string_view bytes) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
}

}  // namespace

Result<std::string> Inflate(std::string_view bytes, std::size_t max) {
  const Fault broken{FaultCode::kMalformed, "not a zlib stream"};
  if (bytes.size() > std::numeric_limits<uInt>::max())
    return Fault{FaultCode::kTooLarge, "more than zlib counts"};
  Inflater inflater;
  z_stream& stream = inflater.stream;
  stream.next_in = Input(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::array<char, 16384> block;
  std::string plain;
  for (;;) {
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = block.size();
    const int result = ::inflate(&stream, Z_NO_FLUSH);
    if (result != Z_OK && result != Z_STREAM_END) return broken;
    const std::size_t made = block.size() - stream.avail_out;
    if (made > max - plain.size()) return Fault{FaultCode::kTooLarge, "it inflates over the bound"};
    plain.append(block.data(), made);
    if (result == Z_STREAM_END) break;
    if (made == 0 && stream.avail_in == 0) return broken;
  }
  return plain;
}

std::string Deflate(std::string_view bytes) {
  uLongf size = ::compressBound(bytes.size());
  std::string compressed(size, '\0');
  if (::compress(reinterpret_cast<Bytef*>(compressed.data()), &size, Input(bytes), bytes.size()) !=
      Z_OK)
    std::abort();  // only for want of memory
  compressed.resize(size);
  return compressed;
}

}  // namespace parley::wire::binary
