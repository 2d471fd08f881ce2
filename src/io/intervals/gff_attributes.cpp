#include "io/intervals/gff_attributes.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "io/intervals/columns.h"
#include "io/letters.h"

namespace anneal::io {
namespace {

constexpr std::size_t column = 9;
constexpr std::string_view separators = ";=&,%";

std::string_view cut(std::string_view& text, std::size_t end) {
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end, text.size()));
  if (!text.empty()) text.remove_prefix(1);
  return part;
}

int hex_digit(char byte) {
  if (byte >= '0' && byte <= '9') return byte - '0';
  const char lower = base::to_lower(byte);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

GffAttribute parse_gff3(std::string_view text) {
  const std::size_t sign = text.find('=');
  if (sign == std::string_view::npos || sign == 0) {
    throw ColumnError(column, fmt::format("{} is no attribute; write key=value", base::quote(text)));
  }
  GffAttribute attribute{.key = unescaped(text.substr(0, sign)), .values = {}};
  text.remove_prefix(sign + 1);
  while (true) {
    const std::size_t end = text.find(',');
    attribute.values.push_back(unescaped(text.substr(0, end)));
    if (end == std::string_view::npos) return attribute;
    text.remove_prefix(end + 1);
  }
}

// The value behind a quote, which is taken away with the quote at its end.
std::string quoted(std::string_view& text) {
  std::string value;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return value;
    }
    const bool is_escape = text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\');
    value += text[is_escape ? ++i : i];
  }
  throw ColumnError(column, fmt::format("the quotes before {} do not end", base::quote(value)));
}

GffAttribute parse_gtf(std::string_view& text) {
  const std::size_t blank = text.find_first_of(" ;");
  if (blank == std::string_view::npos || text[blank] == ';' || blank == 0) {
    throw ColumnError(column, fmt::format("{} is no attribute; write key \"value\"", base::quote(text)));
  }
  GffAttribute attribute{.key = std::string(text.substr(0, blank)), .values = {}};
  text.remove_prefix(std::min(text.find_first_not_of(' ', blank), text.size()));
  if (text.starts_with('"')) {
    attribute.values.push_back(quoted(text));
    const std::string_view rest = base::trim(cut(text, text.find(';')));
    if (!rest.empty()) throw ColumnError(column, fmt::format("{} follows a value; write ;", base::quote(rest)));
  } else {
    attribute.values.emplace_back(base::trim(cut(text, text.find(';'))));
  }
  return attribute;
}

void append_gtf(std::string& text, const GffAttribute& attribute) {
  const std::string_view key = checked_text("attribute", attribute.key);
  if (key.find_first_of(" ;\"=") != std::string_view::npos)
    refuse_field("attribute", key, "a key without blanks, ; and quotes");
  for (const std::string& value : attribute.values) {
    if (!std::ranges::all_of(value, is_no_control)) refuse_field(key, value, "text without tabs and line ends");
    text += key;
    text += " \"";
    for (const char byte : value) {
      if (byte == '"' || byte == '\\') text += '\\';
      text += byte;
    }
    text += "\"; ";
  }
}

void append_gff3(std::string& text, const GffAttribute& attribute) {
  if (attribute.key.empty()) refuse_field("attribute", attribute.key, "a key");
  text += escaped(attribute.key, "; =&,%") + '=';
  for (const std::string& value : attribute.values) text += escaped(value, separators) + ',';
  text.back() = ';';
}

}  // namespace

GffDialect dialect_of(std::string_view attributes) {
  std::string_view text = base::trim(attributes);
  text.remove_prefix(std::min(text.find_first_not_of(" ;"), text.size()));
  const std::size_t end = text.find_first_of(" =");
  return end != std::string_view::npos && text[end] == ' ' ? GffDialect::gtf : GffDialect::gff3;
}

std::vector<GffAttribute> parse_attributes(std::string_view text, GffDialect dialect) {
  std::vector<GffAttribute> attributes;
  if (base::trim(text) == ".") return attributes;
  while (!text.empty()) {
    const std::size_t begin = text.find_first_not_of(" ;");  // GFF3 may have blanks elsewhere
    if (begin == std::string_view::npos) break;
    text.remove_prefix(begin);
    attributes.push_back(dialect == GffDialect::gtf ? parse_gtf(text) : parse_gff3(cut(text, text.find(';'))));
  }
  return attributes;
}

void append_attributes(std::string& text, const std::vector<GffAttribute>& attributes, GffDialect dialect) {
  if (attributes.empty()) text += '.';
  for (const GffAttribute& attribute : attributes) {
    if (attribute.values.empty()) refuse_field(attribute.key, "", "of one value at least");
    dialect == GffDialect::gtf ? append_gtf(text, attribute) : append_gff3(text, attribute);
  }
  if (!attributes.empty() && text.ends_with(' ')) text.pop_back();
  if (!attributes.empty() && dialect == GffDialect::gff3) text.pop_back();
}

std::string unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape =
        text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    result += is_escape ? static_cast<char>(16 * hex_digit(text[i + 1]) + hex_digit(text[i + 2])) : text[i];
    if (is_escape) i += 2;
  }
  return result;
}

std::string escaped(std::string_view text, std::string_view special) {
  std::string result;
  for (const char byte : text) {
    const bool is_plain = is_no_control(byte) && special.find(byte) == std::string_view::npos;
    result += is_plain ? std::string(1, byte) : fmt::format("%{:02X}", static_cast<unsigned char>(byte));
  }
  return result;
}

}  // namespace anneal::io
