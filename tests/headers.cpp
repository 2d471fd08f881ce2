// CMake precompiles headers for a target, which has a source.
int main() { return 0; }
