Console.Error.WriteLine("There is no benchmark yet.");
return 2;
