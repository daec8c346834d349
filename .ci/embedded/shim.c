/* What Embedded Swift expects of a C library and of the compiler's runtime, where there is neither:
   on bare wasm32. */

#include <stddef.h>
#include <stdint.h>

/* Memory blocks come in powers of two, each behind a header that names its class. A freed block
   waits in the list of its class; nothing is split or joined. */

enum { alignment = 16, smallest = 5, largest = 31, page = 65536, chunk = 16 };

typedef struct Header {
  uint32_t class;
  uint32_t offset; /* from the start of the block to its header */
  struct Header *next;
  uint32_t padding;
} Header;

_Static_assert(sizeof(Header) == alignment, "a header keeps its block aligned");

extern unsigned char __heap_base;
static uintptr_t unused;
static Header *freed[largest + 1];

static void *fresh(size_t size) {
  const uintptr_t mask = alignment - 1;
  if (unused == 0) unused = ((uintptr_t)&__heap_base + mask) & ~mask;
  uintptr_t start = unused, capacity = (uintptr_t)__builtin_wasm_memory_size(0) * page;
  if (size > UINT32_MAX - start) return NULL;
  uintptr_t end = start + size;
  if (end > capacity) {
    size_t needed = (end - capacity + page - 1) / page, ample = needed + chunk;
    if (__builtin_wasm_memory_grow(0, ample) == (size_t)-1 &&
        __builtin_wasm_memory_grow(0, needed) == (size_t)-1) return NULL;
  }
  unused = end;
  return (void *)start;
}

void *malloc(size_t size) {
  if (size > ((size_t)1 << (largest - 1))) return NULL;
  size_t needed = size + sizeof(Header);
  uint32_t class = smallest;
  while (((size_t)1 << class) < needed) class++;
  Header *header = freed[class];
  if (header) {
    freed[class] = header->next;
  } else {
    header = fresh((size_t)1 << class);
    if (!header) return NULL;
    header->class = class;
    header->offset = 0;
  }
  return header + 1;
}

void free(void *block) {
  if (!block) return;
  Header *header = (Header *)block - 1;
  header = (Header *)((char *)header - header->offset);
  header->next = freed[header->class];
  freed[header->class] = header;
}

int posix_memalign(void **result, size_t boundary, size_t size) {
  enum { invalid = 22, exhausted = 12 };
  if (boundary == 0 || (boundary & (boundary - 1))) return invalid;
  if (boundary <= alignment) {
    *result = malloc(size);
    return *result ? 0 : exhausted;
  }
  if (size > UINT32_MAX - boundary) return exhausted;
  char *block = malloc(size + boundary);
  if (!block) return exhausted;
  char *aligned = (char *)(((uintptr_t)block + boundary - 1) & ~(uintptr_t)(boundary - 1));
  if (aligned != block) {
    Header *header = (Header *)aligned - 1;
    header->class = ((Header *)block - 1)->class;
    header->offset = (uint32_t)(aligned - block);
  }
  *result = aligned;
  return 0;
}

/* Each of these builtins is one instruction, not a call of the function around it. */

void *memcpy(void *restrict target, const void *restrict source, size_t count) {
  return __builtin_memmove(target, source, count);
}

void *memmove(void *target, const void *source, size_t count) {
  return __builtin_memmove(target, source, count);
}

void *memset(void *target, int value, size_t count) {
  return __builtin_memset(target, value, count);
}

/* Without optimisation the messages of traps are printed; there is nothing to print them on. */
int putchar(int character) { return character; }

int memcmp(const void *left, const void *right, size_t count) {
  const unsigned char *a = left, *b = right;
  for (; count; count--, a++, b++) {
    if (*a != *b) return *a < *b ? -1 : 1;
  }
  return 0;
}

size_t strlen(const char *text) {
  size_t count = 0;
  while (text[count]) count++;
  return count;
}

/* The seed of every hash table. A fixed one keeps each run the same as the last. */
void arc4random_buf(void *target, size_t count) { memset(target, 0x5a, count); }

/* Instructions of WebAssembly. */

double sqrt(double x) { return __builtin_sqrt(x); }
double floor(double x) { return __builtin_floor(x); }
double ceil(double x) { return __builtin_ceil(x); }
double trunc(double x) { return __builtin_trunc(x); }
double rint(double x) { return __builtin_rint(x); }
double fabs(double x) { return __builtin_fabs(x); }

/* Halfway cases go away from 0. */
double round(double x) {
  double whole = __builtin_trunc(x);
  return __builtin_fabs(x - whole) < 0.5 ? whole : whole + __builtin_copysign(1, x);
}

/* Arithmetic of 128 bits, on halves: a shift of a whole would call these functions again. */

typedef unsigned __int128 Wide;
typedef union {
  Wide whole;
  struct { uint64_t low, high; };
} Halves;

static Wide join(uint64_t high, uint64_t low) {
  Halves halves = {.low = low, .high = high};
  return halves.whole;
}

static Wide multiply(uint64_t a, uint64_t b) {
  uint64_t mask = UINT32_MAX, a0 = a & mask, a1 = a >> 32, b0 = b & mask, b1 = b >> 32;
  uint64_t low = a0 * b0, first = a1 * b0 + (low >> 32), second = a0 * b1 + (first & mask);
  return join(a1 * b1 + (first >> 32) + (second >> 32), (second << 32) | (low & mask));
}

Wide __multi3(Wide left, Wide right) {
  Halves a = {left}, b = {right}, result = {multiply(a.low, b.low)};
  result.high += a.high * b.low + a.low * b.high;
  return result.whole;
}

Wide __ashlti3(Wide value, int count) {
  Halves a = {value};
  if (count == 0) return value;
  if (count >= 64) return join(a.low << (count - 64), 0);
  return join((a.high << count) | (a.low >> (64 - count)), a.low << count);
}

Wide __lshrti3(Wide value, int count) {
  Halves a = {value};
  if (count == 0) return value;
  if (count >= 64) return join(0, a.high >> (count - 64));
  return join(a.high >> count, (a.low >> count) | (a.high << (64 - count)));
}

Wide __ashrti3(Wide value, int count) {
  Halves a = {value};
  int64_t high = (int64_t)a.high;
  if (count == 0) return value;
  if (count >= 64) return join((uint64_t)(high >> 63), (uint64_t)(high >> (count - 64)));
  return join((uint64_t)(high >> count), (a.low >> count) | (a.high << (64 - count)));
}

/* Divides two digits of 64 bits by one, where high < divisor: Knuth, volume 2, 4.3.1 D. */
static uint64_t divideDigits(uint64_t high, uint64_t low, uint64_t divisor, uint64_t *remainder) {
  const uint64_t base = (uint64_t)1 << 32;
  int shift = __builtin_clzll(divisor);
  divisor <<= shift;
  if (shift) high = (high << shift) | (low >> (64 - shift));
  low <<= shift;
  uint64_t top = divisor >> 32, bottom = divisor & (base - 1), digits[2];
  uint64_t parts[2] = {low >> 32, low & (base - 1)};
  for (int i = 0; i < 2; i++) {
    uint64_t digit = high / top, rest = high % top;
    while (digit >= base || digit * bottom > base * rest + parts[i]) {
      digit--;
      rest += top;
      if (rest >= base) break;
    }
    high = high * base + parts[i] - digit * divisor;
    digits[i] = digit;
  }
  *remainder = high >> shift;
  return digits[0] * base + digits[1];
}

static Wide divide(Wide dividend, Wide divisor, Wide *remainder) {
  Halves a = {dividend}, b = {divisor};
  if (divisor == 0) __builtin_trap();
  if (dividend < divisor) {
    *remainder = dividend;
    return 0;
  }
  if (b.high == 0) {
    uint64_t rest;
    uint64_t high = a.high / b.low, low = divideDigits(a.high % b.low, a.low, b.low, &rest);
    *remainder = rest;
    return join(high, low);
  }
  uint64_t quotient = 0;
  int shift = __builtin_clzll(b.high) - __builtin_clzll(a.high);
  b.whole = __ashlti3(b.whole, shift);
  for (; shift >= 0; shift--) {
    quotient <<= 1;
    if (a.whole >= b.whole) {
      a.whole -= b.whole;
      quotient |= 1;
    }
    b.whole = __lshrti3(b.whole, 1);
  }
  *remainder = a.whole;
  return quotient;
}

Wide __udivti3(Wide dividend, Wide divisor) {
  Wide remainder;
  return divide(dividend, divisor, &remainder);
}

Wide __umodti3(Wide dividend, Wide divisor) {
  Wide remainder;
  divide(dividend, divisor, &remainder);
  return remainder;
}

__int128 __divti3(__int128 dividend, __int128 divisor) {
  Wide a = dividend < 0 ? -(Wide)dividend : (Wide)dividend;
  Wide b = divisor < 0 ? -(Wide)divisor : (Wide)divisor;
  Wide quotient = __udivti3(a, b);
  return (__int128)((dividend < 0) == (divisor < 0) ? quotient : -quotient);
}

__int128 __modti3(__int128 dividend, __int128 divisor) {
  Wide a = dividend < 0 ? -(Wide)dividend : (Wide)dividend;
  Wide b = divisor < 0 ? -(Wide)divisor : (Wide)divisor;
  Wide remainder = __umodti3(a, b);
  return (__int128)(dividend < 0 ? -remainder : remainder);
}
