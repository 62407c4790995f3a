// A message of protocol buffers, written field by field (protobuf.dev/programming-guides/encoding).
// Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace drmshow {

class ProtoWriter {
 public:
  ProtoWriter& add(std::uint32_t field, std::uint64_t value) {
    put_tag(field, WireType::varint);
    put_varint(value);
    return *this;
  }
  /// int64: negative ones take ten bytes.
  ProtoWriter& add_signed(std::uint32_t field, std::int64_t value) {
    return add(field, static_cast<std::uint64_t>(value));
  }
  ProtoWriter& add_fixed64(std::uint32_t field, std::uint64_t value) {
    put_tag(field, WireType::fixed64);
    for (int shift = 0; shift < 64; shift += 8) {
      bytes_ += static_cast<char>(static_cast<unsigned char>(value >> shift));
    }
    return *this;
  }
  /// Bytes, UTF-8 text, or a message.
  ProtoWriter& add(std::uint32_t field, std::string_view bytes) {
    put_tag(field, WireType::length);
    put_varint(bytes.size());
    bytes_ += bytes;
    return *this;
  }
  ProtoWriter& add(std::uint32_t field, const ProtoWriter& message) {
    return add(field, std::string_view{message.bytes_});
  }

  const std::string& bytes() const { return bytes_; }

 private:
  enum class WireType : std::uint32_t { varint = 0, fixed64 = 1, length = 2 };

  void put_tag(std::uint32_t field, WireType type) {
    put_varint(std::uint64_t{field} << 3 | static_cast<std::uint32_t>(type));
  }
  // Seven bits a byte, the low ones first; all bytes but the last have the high bit.
  void put_varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) {
      bytes_ += static_cast<char>(static_cast<unsigned char>(value | 0x80));
    }
    bytes_ += static_cast<char>(static_cast<unsigned char>(value));
  }

  std::string bytes_;
};

}  // namespace drmshow
