global using Xunit;
global using CreateGroup = Dragoman.Engine.Ports.CreateGroup;
