global using Xunit;
global using Dragoman.Testing;
