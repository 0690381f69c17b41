#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace pyrena {

// A list that only grows, in chunks: nothing is copied when it grows, as std::vector does, and its elements stay where they are.
template <class T, std::uint32_t kChunk>
class Chunks
{
    static_assert(std::is_trivially_copyable_v<T> && std::has_single_bit(kChunk));

public:
    class Iterator
    {
    public:
        using iterator_category = std::random_access_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = const T *;
        using reference = const T &;

        Iterator() = default;
        Iterator(const Chunks &list, std::uint32_t index) : m_list(&list), m_index(index) {}
        reference operator*() const { return (*m_list)[m_index]; }
        pointer operator->() const { return &(*m_list)[m_index]; }
        reference operator[](difference_type n) const { return *(*this + n); }
        Iterator &operator++() { return *this += 1; }
        Iterator operator++(int) { return std::exchange(*this, *this + 1); }
        Iterator &operator--() { return *this += -1; }
        Iterator operator--(int) { return std::exchange(*this, *this + -1); }
        Iterator &operator+=(difference_type n)
        {
            m_index = static_cast<std::uint32_t>(m_index + n);
            return *this;
        }
        Iterator &operator-=(difference_type n) { return *this += -n; }
        friend Iterator operator+(Iterator it, difference_type n) { return it += n; }
        friend Iterator operator+(difference_type n, Iterator it) { return it += n; }
        friend Iterator operator-(Iterator it, difference_type n) { return it -= n; }
        friend difference_type operator-(const Iterator &a, const Iterator &b) { return difference_type(a.m_index) - b.m_index; }
        friend bool operator==(const Iterator &a, const Iterator &b) { return a.m_index == b.m_index; }
        friend auto operator<=>(const Iterator &a, const Iterator &b) { return a.m_index <=> b.m_index; }

    private:
        const Chunks *m_list = nullptr;
        std::uint32_t m_index = 0;
    };

    Chunks() = default;
    Chunks(const Chunks &) = delete;
    Chunks &operator=(const Chunks &) = delete;

    bool empty() const { return m_chunks.empty(); }
    std::uint32_t size() const { return m_size; }
    std::size_t bytes() const { return m_chunks.size() * kChunk * sizeof(T); }   // as taken, the last chunk in full
    const T &operator[](std::uint32_t index) const { return m_chunks[index / kChunk].get()[index % kChunk]; }
    T &operator[](std::uint32_t index) { return m_chunks[index / kChunk].get()[index % kChunk]; }
    Iterator begin() const { return {*this, 0}; }
    Iterator end() const { return {*this, size()}; }
    // The same walk as from begin() to end(), chunk by chunk.
    template <class Visit>
    void forEach(Visit visit) const
    {
        for (const auto &chunk : m_chunks)
            for (const T *at = chunk.get(), *const end = chunk == m_chunks.back() ? m_next : at + kChunk; at != end; ++at)
                visit(*at);
    }

    void push_back(const T &value)
    {
        *place() = value;
    }
    // A new element where it lies from now on; whoever asks for it sets every field.
    T &grow()
    {
        return *place();
    }

private:
    struct Free { void operator()(T *chunk) const { std::allocator<T>().deallocate(chunk, kChunk); } };

    T *place()
    {
        if (m_next == m_end) [[unlikely]]
            addChunk();
        ++m_size;
        return m_next++;
    }

    [[gnu::noinline]] void addChunk()
    {
        m_chunks.emplace_back(std::allocator<T>().allocate(kChunk));
        m_next = m_chunks.back().get();
        m_end = m_next + kChunk;
    }

    std::vector<std::unique_ptr<T, Free>> m_chunks;
    T *m_next = nullptr, *m_end = nullptr;   // where the next one goes, and the end of its chunk
    std::uint32_t m_size = 0;   // asked for at both ends of every step, so not worked out from the others
};

} // namespace pyrena
